using FarmAgent.Agent.Security;

namespace FarmAgent.Agent.Audits;

/// <summary>
/// Writes down who did what. Acts of administrators are on the disk before their call is answered; all else within a second, in one write, the
/// transfers of a caller on a board as one entry with their count. A disk that cannot be written to is said in the log; what then does not fit into
/// memory is counted. Thread-safe.
/// </summary>
internal sealed class AuditLog : IAsyncDisposable
{
    private const int MostPending = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(900);

    private readonly Lock _lock = new();
    private readonly Lock _fileLock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly AuditFile _file;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private List<AuditEntry> _pending = [];
    private Dictionary<(string Who, string What, string Board, string Outcome, string Kind), (long Count, long Failed)> _counts = [];
    private long _dropped;
    private bool _isFailing;
    private Task _work = Task.CompletedTask;

    /// <summary>Opens the audit.</summary>
    /// <exception cref="AgentException">The folder cannot be used (<c>STATE_UNUSABLE</c>).</exception>
    public AuditLog(string folder, AuditSettings settings, TimeProvider time, ILogger log)
    {
        (Folder, _time, _log) = (folder, time, log);
        try
        {
            _file = new AuditFile(folder, settings.FileMebibytes * 1024L * 1024, settings.Files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentException("STATE_UNUSABLE", $"The audit in {folder} cannot be used: {e.Message} Give the agent's user the folder, or make room.", e);
        }

        if (_file.Mended is { } mended)
        {
            SecurityLog.AuditMended(_log, mended);
            Add(new AuditEntry { Kind = "audit", Who = "agent", What = "mended", Note = mended });
        }
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Begins to write.</summary>
    public void Start() => _work = WorkAsync();

    /// <summary>Writes down within a second.</summary>
    public void Add(AuditEntry entry)
    {
        lock (_lock)
        {
            if (_pending.Count >= MostPending)
            {
                _dropped++;
                return;
            }

            _pending.Add(entry with { Time = _time.GetUtcNow() });
        }
    }

    /// <summary>Writes down now; it is on the disk when this returns.</summary>
    /// <exception cref="AgentException">It is not (<c>AUDIT_NOT_KEPT</c>).</exception>
    public void AddDurable(AuditEntry entry)
    {
        Add(entry);
        if (!Flush())
        {
            throw new AgentException("AUDIT_NOT_KEPT", "What was done could not be written into the audit: the state directory is full or read-only. Make room there.");
        }
    }

    /// <summary>Counts a transfer, or a refusal, that goes into one entry with others like it.</summary>
    public void Count(string kind, string who, string what, string board, string outcome, bool failed)
    {
        lock (_lock)
        {
            var key = (who, what, board, outcome, kind);
            if (!_counts.TryGetValue(key, out var counts) && _counts.Count >= MostPending)
            {
                _dropped++;
                return;
            }

            _counts[key] = (counts.Count + 1, counts.Failed + (failed ? 1 : 0));
        }
    }

    /// <summary>Writes what there is.</summary>
    /// <returns>False when it could not be written; it is kept then.</returns>
    public bool Flush()
    {
        lock (_fileLock)
        {
            var batch = Take();
            if (batch.Count == 0)
            {
                return true;
            }

            try
            {
                _file.Append(batch);
                _isFailing = false;
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (!_isFailing)
                {
                    _isFailing = true;
                    SecurityLog.AuditNotKept(_log, e.Message);
                }

                PutBack(batch);
                return false;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Flush();
        _file.Dispose();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        using var timer = new PeriodicTimer(Pause, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            Flush();
        }
    }

    private List<AuditEntry> Take()
    {
        lock (_lock)
        {
            if (_pending.Count == 0 && _counts.Count == 0 && _dropped == 0)
            {
                return [];
            }

            var now = _time.GetUtcNow();
            var batch = _pending;
            batch.AddRange(_counts.Select(c => new AuditEntry
            {
                Kind = c.Key.Kind,
                Who = c.Key.Who,
                What = c.Key.What,
                Board = c.Key.Board,
                Outcome = c.Key.Outcome,
                Count = c.Value.Count,
                Failed = c.Value.Failed,
                Time = now,
            }));
            if (_dropped > 0)
            {
                batch.Add(new AuditEntry { Kind = "audit", Who = "agent", What = "dropped", Note = "the disk could not be written to", Count = _dropped, Time = now });
            }

            (_pending, _counts, _dropped) = ([], [], 0);
            return batch;
        }
    }

    private void PutBack(List<AuditEntry> batch)
    {
        lock (_lock)
        {
            batch.AddRange(_pending);
            _dropped += Math.Max(0, batch.Count - MostPending);
            _pending = batch.Count > MostPending ? batch[..MostPending] : batch;
        }
    }
}
