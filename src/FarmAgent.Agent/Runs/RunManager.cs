using System.Collections.Concurrent;
using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Security;
using FarmAgent.Agent.Stores;
using FarmAgent.Boards;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>Starts runs, finds them again, and stops them. Each is written down when it begins and when it ends. Thread-safe.</summary>
internal sealed class RunManager(
    RunExecutor executor,
    RunStore store,
    ContentFolder suites,
    BoardFleet fleet,
    LeaseManager leases,
    FlashContentTracker contents,
    RunnerSettings settings,
    string folder,
    RetentionRule rule,
    StateRoom room,
    TimeProvider time,
    ILogger<RunManager> log) : IDisposable
{
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(5);

    private static readonly EnumerationOptions PlainFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 32 };

    private readonly ConcurrentDictionary<string, ActiveRun> _active = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly SuiteUnpacker _unpacker = new(new SuiteLimits());
    private bool _stopped;

    /// <summary>Told of each run that has ended, and who started it.</summary>
    public Action<Wire.Run, string>? Ended { get; init; }

    /// <summary>Runs that a crash or restart cut short become interrupted, with all they had.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var (run, identity) in await store.ListOpenAsync(cancellationToken))
        {
            try
            {
                await RecoverAsync(run, identity, cancellationToken);
            }
            catch (Exception e) when (e is FarmException or IOException)
            {
                // A disk that takes no writes is still read; the next start tries again.
                RunsLog.NotRecovered(log, e, run.Name);
            }
        }
    }

    private async Task RecoverAsync(Wire.Run run, string identity, CancellationToken cancellationToken)
    {
        AgentLog.RunInterrupted(log, run.Name);
        var files = FolderOf(run.Name);
        files.Create();
        using var events = new RunEventFile(files.EventsFile, time);
        if (await EndOfAsync(files.EventsFile, cancellationToken) is { } ended)
        {
            // It had ended, and its end was in its file but not yet in the database.
            await store.SaveAsync(ended, identity, cancellationToken);
            return;
        }

        var results = await SuiteResultFiles.ReadAsync(files, cancellationToken);
        run.Conclude(new RunFacts { Stop = RunStop.AgentRestarted, Results = results });
        run.End(time.GetUtcNow());
        files.Clean();
        events.Append(new Wire.RunEvent { Ended = run });
        events.Sync();
        await store.SaveAsync(run, identity, cancellationToken);
    }

    private static async Task<Wire.Run?> EndOfAsync(string path, CancellationToken cancellationToken)
    {
        Wire.Run? ended = null;
        await foreach (var happened in RunEventFile.ReadAsync(path, 0, cancellationToken))
        {
            ended = happened.Ended ?? ended;
        }

        return ended;
    }

    /// <summary>Starts a run, or finds the one with the same request id.</summary>
    /// <param name="identity">Who asks.</param>
    /// <param name="request">What is to be run.</param>
    /// <param name="cancellationToken">Ends the start, not the run.</param>
    /// <returns>Resource name of the run.</returns>
    /// <exception cref="RequestException">The request cannot be served (<c>REQUEST_INVALID</c>, <c>SUITE_…</c>, <c>REQUEST_ID_REUSED</c>).</exception>
    /// <exception cref="BoardException">The lease is over, or a run is at work on the board (<c>LEASE_LOST</c>, <c>BOARD_RUN_IN_PROGRESS</c>).</exception>
    public async Task<string> StartAsync(string identity, Wire.StartRunRequest request, CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return await FindAsync(identity, request, cancellationToken) ?? await BeginAsync(identity, request, cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Events of a run.</summary>
    /// <exception cref="RequestException">No such run (<c>RUN_UNKNOWN</c>).</exception>
    public async Task<IAsyncEnumerable<Wire.RunEvent>> WatchAsync(string name, long from, CancellationToken cancellationToken)
    {
        if (_active.TryGetValue(name, out var run))
        {
            return run.Events.FollowAsync(from, cancellationToken);
        }

        await GetAsync(name, cancellationToken);
        return RunEventFile.ReadAsync(FolderOf(name).EventsFile, from, cancellationToken);
    }

    /// <summary>Takes the events that the engine of a run at work reports.</summary>
    /// <param name="id">Id of the run.</param>
    /// <exception cref="RequestException">No such run is at work (<c>RUN_UNKNOWN</c>).</exception>
    public EngineEvents EngineOf(string id) => _active.Values.FirstOrDefault(r => r.Id == id && !r.Ended.IsCompleted)?.Engine ?? throw RunNames.Unknown(id);

    /// <summary>Stops a run and waits for its end; who started it and administrators may. A run that has ended stays as it is.</summary>
    /// <param name="name">The run.</param>
    /// <param name="maystop">Says whether the caller may stop a run that this identity started.</param>
    /// <param name="cancellationToken">Ends the waiting, not the stop.</param>
    public async Task<Wire.Run> CancelAsync(string name, Func<string, bool> maystop, CancellationToken cancellationToken)
    {
        if (_active.TryGetValue(name, out var run))
        {
            if (!maystop(run.Identity))
            {
                throw new AuthorizationException(
                    "NOT_AUTHORISED", $"{name} was started by {run.Identity}; only they and administrators may stop it. Ask them.");
            }

            run.Stop(RunStop.Cancelled);
            await run.Ended.WaitAsync(cancellationToken);
        }

        return await GetAsync(name, cancellationToken);
    }

    /// <summary>A run.</summary>
    /// <exception cref="RequestException">No such run (<c>RUN_UNKNOWN</c>).</exception>
    public async Task<Wire.Run> GetAsync(string name, CancellationToken cancellationToken)
    {
        RunNames.IdOf(name);
        return _active.TryGetValue(name, out var run) ? run.Snapshot() : await store.FindAsync(name, cancellationToken) ?? throw RunNames.Unknown(name);
    }

    /// <summary>The files of a run that has ended.</summary>
    /// <exception cref="RequestException">No such run (<c>RUN_UNKNOWN</c>).</exception>
    /// <exception cref="BoardException">It is at work, so its files are not whole (<c>BOARD_RUN_IN_PROGRESS</c>).</exception>
    public async Task<RunArtifacts> ArtifactsAsync(string name, CancellationToken cancellationToken) =>
        (await GetAsync(name, cancellationToken)).State == Wire.RunState.Ended
            ? FolderOf(name).Artifacts()
            : throw new BoardException("BOARD_RUN_IN_PROGRESS", $"{name} is at work, so its files are not whole yet. Watch it, and fetch them when it has ended.");

    /// <summary>Passes when no run is at work under a lease.</summary>
    /// <param name="lease">Id of the lease.</param>
    /// <exception cref="BoardException">One is (<c>BOARD_RUN_IN_PROGRESS</c>).</exception>
    public void RefuseAtWork(string lease)
    {
        if (_active.Values.FirstOrDefault(r => r.Lease == lease && !r.Ended.IsCompleted) is { } run)
        {
            throw new BoardException("BOARD_RUN_IN_PROGRESS", $"{run.Name} is at work under lease {lease}, so it stays with its owner. Wait for its end, or cancel it.")
                .With("run", run.Name);
        }
    }

    /// <summary>A lease is over: its runs are too.</summary>
    /// <param name="lease">Id of the lease.</param>
    public void LeaseEnded(string lease)
    {
        foreach (var run in _active.Values.Where(r => r.Lease == lease))
        {
            run.Stop(RunStop.LeaseLost);
        }
    }

    /// <summary>Runs at work.</summary>
    public int AtWork => _active.Values.Count(r => !r.Ended.IsCompleted);

    /// <summary>Completes when the runs that are at work now have ended.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_active.Values.Select(r => r.Ended));

    /// <summary>Stops all runs and waits, bounded, until they are written down.</summary>
    public async Task StopAsync()
    {
        Volatile.Write(ref _stopped, true);
        foreach (var run in _active.Values)
        {
            run.Stop(RunStop.AgentStopping);
        }

        await Task.WhenAll(_active.Values.Select(r => r.Ended)).WaitAsync(settings.StopGrace + StopMargin, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var run in _active.Values)
        {
            run.Dispose();
        }

        _starting.Dispose();
    }

    private async Task<string?> FindAsync(string identity, Wire.StartRunRequest request, CancellationToken cancellationToken)
    {
        if (request.RequestId.Length == 0)
        {
            return null;
        }

        // Every run is written down before it begins, so the store knows those at work, too.
        var known = await store.FindByRequestAsync(identity, request.RequestId, cancellationToken);
        if (known is not null && (known.Board != request.Board || known.Lease != request.Lease || known.Suite != request.Suite))
        {
            throw new RequestException(
                "REQUEST_ID_REUSED",
                $"The request id {request.RequestId} belongs to {known.Name}, which is for another board, lease or suite. Choose a new id for a new run.")
                .With("run", known.Name);
        }

        return known?.Name;
    }

    private async Task<string> BeginAsync(string identity, Wire.StartRunRequest request, CancellationToken cancellationToken)
    {
        var board = fleet.Get(ResourceNames.BoardOf(request.Board));
        var lease = ResourceNames.LeaseOf(request.Lease);
        var token = leases.Authorize(lease, board.Name);
        var suite = suites.Find(request.Suite);
        RobotArguments.Check(request.RobotArguments);
        var events = EventDetail.WordOf(request.Events);
        RefuseSecond(request.Board);
        var record = RunRecord.Begin(
            request, contents.Get(board.Name), board.Backend.IsVirtual, time.GetUtcNow());
        var files = FolderOf(record.Name);
        ActiveRun? run = null;
        try
        {
            room.Check("this run");
            files.Create();
            var root = await _unpacker.UnpackAsync(suite, files.Suite, cancellationToken);
            var target = SuitePaths.Entry(root, request.Entry.Length == 0 ? SuiteUnpacker.WholeOf(suite) : request.Entry);
            var plan = new RunPlan(board, token, target, [.. request.RobotArguments], !request.SkipPreflight, events);
            await store.SaveAsync(record, identity, cancellationToken);
            run = new ActiveRun(record, identity, lease, files, new RunEventFile(files.EventsFile, time));
            run.Events.Append(new Wire.RunEvent { Started = record.Clone() });
            Start(run, plan);
            return record.Name;
        }
        catch (IOException e)
        {
            throw StateFaults.Of(e);
        }
        finally
        {
            if (run is null)
            {
                files.Delete();
            }
        }
    }

    private void RefuseSecond(string board)
    {
        if (Volatile.Read(ref _stopped))
        {
            throw new BoardException("AGENT_STOPPING", "The agent stops, so no run is started. Ask again when it is back.");
        }

        if (_active.Values.FirstOrDefault(r => !r.Ended.IsCompleted && r.Snapshot().Board == board) is { } other)
        {
            throw new BoardException(
                "BOARD_RUN_IN_PROGRESS", $"{other.Name} is at work on {board}, and two suites would disturb each other. Wait for it, or cancel it.")
                .With("run", other.Name);
        }
    }

    private void Start(ActiveRun run, RunPlan plan)
    {
        Prune();
        _active[run.Name] = run;
        _ = Task.Run(() => RunAsync(run, plan), CancellationToken.None).ContinueWith(
            task => RunsLog.Failed(log, task.Exception!.InnerException!, run.Name),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }

    private async Task RunAsync(ActiveRun run, RunPlan plan)
    {
        using var ids = LogScopes.OfRun(log, run.Id, run.Lease, plan.Board.Name);
        await using var limit = time.CreateTimer(_ => run.Stop(RunStop.TimeLimit), null, settings.TimeLimit, Timeout.InfiniteTimeSpan);
        var final = run.Snapshot();
        try
        {
            await executor.ExecuteAsync(run, plan, final);
        }
        finally
        {
            // However it went, also by a mistake of ours: a run always ends, and never as passed by accident.
            if (final.Verdict == Wire.Verdict.Unspecified)
            {
                (final.Verdict, final.Reason, final.Summary) = (Wire.Verdict.Error, "AGENT_BUG", "The agent made a mistake, so the run proves nothing; its log has the details.");
            }

            await EndAsync(run, final);
        }
    }

    private async Task EndAsync(ActiveRun run, Wire.Run final)
    {
        final.End(time.GetUtcNow());
        try
        {
            run.Folder.Clean();

            // Files first, then the row that says they are whole.
            KeepFiles(run, final);
            await store.SaveAsync(final, run.Identity, CancellationToken.None);
        }
        finally
        {
            // Whoever waits for it must not wait for ever, be the disk full or not. Watchers learn of the end last: they fetch the files at once.
            run.End(final);
            run.Events.Dispose();
            var seconds = Math.Round((final.EndTime - final.StartTime).ToTimeSpan().TotalSeconds, 1);
            Ended?.Invoke(final, run.Identity);
            RunsLog.Ended(log, run.Name, final.Board, final.Verdict, final.Reason, seconds);
        }
    }

    private void KeepFiles(ActiveRun run, Wire.Run final)
    {
        try
        {
            run.Events.AppendQuietly(new Wire.RunEvent { Ended = final });
            run.Folder.Sync();
        }
        catch (IOException e)
        {
            // The verdict is worth keeping without them.
            RunsLog.FilesNotKept(log, e, run.Name);
        }
    }

    private RunFolder FolderOf(string name) => new(Path.Combine(folder, RunNames.IdOf(name)));

    // Runs that ended are found in the store; the files of the oldest make room for new ones.
    private void Prune()
    {
        foreach (var ended in _active.Values.Where(r => r.Ended.IsCompleted).ToList())
        {
            _active.TryRemove(ended.Name, out _);
            ended.Dispose();
        }

        if (Directory.Exists(folder))
        {
            var kept = _active.Values.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
            var items = new DirectoryInfo(folder).GetDirectories().Select(d => new RetainedItem(d.Name, new DateTimeOffset(d.LastWriteTimeUtc), BytesOf(d), kept.Contains(d.Name)));
            foreach (var old in rule.Choose(items, time.GetUtcNow()))
            {
                new RunFolder(Path.Combine(folder, old.Name)).Delete();
            }
        }
    }

    private static long BytesOf(DirectoryInfo run) => run.EnumerateFiles("*", PlainFiles).Sum(f => f.Length);
}
