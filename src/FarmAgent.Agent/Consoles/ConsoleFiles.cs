using System.Collections.Concurrent;
using System.Globalization;
using FarmAgent.Agent.Hosting;
using FarmAgent.Boards.Consoles;

namespace FarmAgent.Agent.Consoles;

/// <summary>
/// Keeps consoles beyond the agent's memory: files that are only added to, at most once a second, each named after the offset of its first byte; the oldest go.
/// </summary>
/// <param name="folder">Where.</param>
/// <param name="log">Told when they cannot be written.</param>
internal sealed class ConsoleFiles(string folder, ILogger log) : ISerialSink
{
    private const int SegmentBytes = 256 * 1024;
    private const int MostSegments = 4;
    private const int MostPending = 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Board, string Port), Console> _consoles = new();
    private bool _wasWell = true;

    /// <inheritdoc/>
    public void Append(string board, string port, SerialChunk chunk) => Of(board, port).Add(chunk);

    /// <inheritdoc/>
    public SerialChunk? Load(string board, string port, int most)
    {
        var segments = Segments(FolderOf(board, port));
        if (segments.Count == 0)
        {
            return null;
        }

        // From the newest backwards, as long as one joins the next.
        var data = new List<byte[]>();
        var start = segments[^1].Offset + segments[^1].File.Length;
        var length = 0L;
        foreach (var (offset, file) in segments.AsEnumerable().Reverse())
        {
            if (length >= most || offset + file.Length != start)
            {
                break;
            }

            data.Insert(0, File.ReadAllBytes(file.FullName));
            (start, length) = (offset, length + file.Length);
        }

        var all = data.SelectMany(d => d).ToArray();
        var kept = all.AsMemory(Math.Max(0, all.Length - most));
        return new SerialChunk(start + all.Length - kept.Length, kept, new DateTimeOffset(segments[^1].File.LastWriteTimeUtc));
    }

    /// <summary>Writes until it is told to stop, then the rest.</summary>
    public async Task WorkAsync(TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                Flush();
            }
        }
        catch (OperationCanceledException)
        {
            // The agent stops; whoever does calls for the rest when the ports are closed.
        }
    }

    /// <summary>Writes what came since the last time.</summary>
    public void Flush()
    {
        try
        {
            foreach (var console in _consoles.Values)
            {
                console.Write();
            }

            _wasWell = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_wasWell)
            {
                AgentLog.BoardTrouble(log, "all", $"the consoles could not be written down: {e.Message}");
            }

            _wasWell = false;
        }
    }

    private static List<(long Offset, FileInfo File)> Segments(string folder) => !Directory.Exists(folder)
        ? []
        : [.. new DirectoryInfo(folder).GetFiles("*.log")
            .Select(f => (IsOffset: long.TryParse(Path.GetFileNameWithoutExtension(f.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var offset), Offset: offset, File: f))
            .Where(f => f.IsOffset)
            .Select(f => (f.Offset, f.File))
            .OrderBy(f => f.Offset)];

    private Console Of(string board, string port) => _consoles.GetOrAdd((board, port), key => new Console(FolderOf(key.Board, key.Port)));

    private string FolderOf(string board, string port) => Path.Combine(folder, Uri.EscapeDataString(board), Uri.EscapeDataString(port));

    /// <summary>One console. Bytes that cannot be written for long are given up, oldest first: its file then begins anew behind them.</summary>
    private sealed class Console(string folder)
    {
        private readonly Lock _lock = new();
        private readonly List<byte> _pending = [];
        private long _pendingStart;
        private long _end = -1;
        private string? _segment;

        public void Add(SerialChunk chunk)
        {
            lock (_lock)
            {
                if (_pending.Count == 0)
                {
                    _pendingStart = chunk.Offset;
                }

                _pending.AddRange(chunk.Data.Span);
                if (_pending.Count - MostPending is > 0 and var excess)
                {
                    _pending.RemoveRange(0, excess);
                    _pendingStart += excess;
                }
            }
        }

        public void Write()
        {
            byte[] data;
            long start;
            lock (_lock)
            {
                (data, start) = ([.. _pending], _pendingStart);
            }

            if (data.Length == 0)
            {
                return;
            }

            if (_segment is null || start != _end || new FileInfo(_segment).Length >= SegmentBytes)
            {
                Directory.CreateDirectory(folder);
                _segment = Path.Combine(folder, start.ToString("D20", CultureInfo.InvariantCulture) + ".log");
                foreach (var (_, old) in Segments(folder).SkipLast(MostSegments - 1))
                {
                    old.Delete();
                }
            }

            using (var file = new FileStream(_segment, FileMode.Append, FileAccess.Write))
            {
                file.Write(data);
            }

            lock (_lock)
            {
                // What was given up meanwhile is not there to be removed any more.
                var written = (int)Math.Max(0, start + data.Length - _pendingStart);
                _pending.RemoveRange(0, Math.Min(written, _pending.Count));
                _pendingStart = start + data.Length;
                _end = _pendingStart;
            }
        }
    }
}
