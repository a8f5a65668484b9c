using System.Collections.Concurrent;
using System.Security.Cryptography;
using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Stores;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>Starts runs, finds them again, and stops them. Each is written down when it begins and when it ends.</summary>
internal sealed class RunManager(
    RunExecutor executor,
    RunStore store,
    ContentFolder suites,
    BoardFleet fleet,
    LeaseManager leases,
    FlashContentTracker contents,
    RunnerSettings settings,
    string folder,
    TimeProvider time,
    ILogger<RunManager> log)
{
    private const int MostKept = 200;

    private readonly ConcurrentDictionary<string, ActiveRun> _active = new(StringComparer.Ordinal);

    /// <summary>Runs that a crash or restart cut short become interrupted, with all they had.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var (run, identity) in await store.ListOpenAsync(cancellationToken))
        {
            AgentLog.RunInterrupted(log, run.Name);
            (run.Verdict, run.Reason, run.Summary) = RunJudge.Judge(new RunFacts { Stop = RunStop.AgentStopping });
            run.State = Wire.RunState.Ended;
            run.RobotExitCode = -1;
            run.EndTime = time.GetUtcNow().ToTimestamp();
            await store.SaveAsync(run, identity, cancellationToken);
            var files = FolderOf(run.Name);
            files.Clean();
            using var events = new RunEventFile(files.EventsFile, time);
            events.Append(new Wire.RunEvent { Ended = run });
        }
    }

    /// <summary>Starts a run, or finds the one with the same request id.</summary>
    /// <param name="identity">Who asks.</param>
    /// <param name="request">What is to be run.</param>
    /// <param name="cancellationToken">Ends the start, not the run.</param>
    /// <returns>Resource name of the run.</returns>
    public async Task<string> StartAsync(string identity, Wire.StartRunRequest request, CancellationToken cancellationToken)
    {
        if (request.RequestId.Length > 0)
        {
            var known = _active.Values.FirstOrDefault(r => r.Identity == identity && r.Snapshot().RequestId == request.RequestId)?.Name
                ?? (await store.FindByRequestAsync(identity, request.RequestId, cancellationToken))?.Name;
            if (known is not null)
            {
                return known;
            }
        }

        var board = fleet.Get(ResourceNames.BoardOf(request.Board));
        var lease = ResourceNames.LeaseOf(request.Lease);
        var token = leases.Authorize(lease, board.Name);
        var suite = suites.Find(request.Suite);
        RunnerCommand.CheckArguments(request.RobotArguments);
        var name = "runs/r-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var files = FolderOf(name);
        files.Create();
        var target = files.UnpackSuite(suite.Path, suite.FileName, request.Entry);
        var state = new Wire.Run
        {
            Name = name,
            Board = request.Board,
            Lease = request.Lease,
            Suite = request.Suite,
            State = Wire.RunState.Running,
            StartTime = time.GetUtcNow().ToTimestamp(),
            Receipt = contents.Get(board.Name) is { IsProven: true } content ? "receipts/" + content.Proof.ReceiptId : "",
            Virtual = board.Backend.IsVirtual,
            RequestId = request.RequestId,
        };
        await store.SaveAsync(state, identity, cancellationToken);
        var run = new ActiveRun(state, identity, lease, files, new RunEventFile(files.EventsFile, time));
        _active[name] = run;
        run.Events.Append(new Wire.RunEvent { Started = state.Clone() });
        _ = Task.Run(() => RunAsync(run, new RunPlan(board, token, target, [.. request.RobotArguments], !request.SkipPreflight)), CancellationToken.None);
        Prune();
        return name;
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

    /// <summary>Stops a run and waits for its end; who started it and administrators may.</summary>
    public async Task<Wire.Run> CancelAsync(string name, Func<string, bool> maystop, CancellationToken cancellationToken)
    {
        if (_active.TryGetValue(name, out var run))
        {
            if (!maystop(run.Identity))
            {
                throw new Security.AuthorizationException(
                    "NOT_AUTHORISED", $"{name} was started by {run.Identity}; only they and administrators may stop it. Ask them.");
            }

            run.Stop(RunStop.Cancelled);
            await run.Ended.WaitAsync(cancellationToken);
        }

        return await GetAsync(name, cancellationToken);
    }

    /// <summary>A run.</summary>
    /// <exception cref="RequestException">No such run (<c>RUN_UNKNOWN</c>).</exception>
    public async Task<Wire.Run> GetAsync(string name, CancellationToken cancellationToken) =>
        _active.TryGetValue(name, out var run)
            ? run.Snapshot()
            : await store.FindAsync(name, cancellationToken) ?? throw new RequestException(
                "RUN_UNKNOWN", $"There is no run '{name}' here. List the runs: farmctl runs list.").With("run", name);

    /// <summary>The files of a run.</summary>
    public async Task<RunFolder> FilesAsync(string name, CancellationToken cancellationToken)
    {
        await GetAsync(name, cancellationToken);
        return FolderOf(name);
    }

    /// <summary>A lease is over: its runs are too.</summary>
    public void LeaseEnded(string lease)
    {
        foreach (var run in _active.Values.Where(r => r.Lease == lease))
        {
            run.Stop(RunStop.LeaseLost);
        }
    }

    /// <summary>Stops all runs and waits, bounded, until they are written down.</summary>
    public async Task StopAsync()
    {
        foreach (var run in _active.Values)
        {
            run.Stop(RunStop.AgentStopping);
        }

        using var limit = new CancellationTokenSource(settings.StopGrace + TimeSpan.FromSeconds(5), time);
        await Task.WhenAll(_active.Values.Select(r => r.Ended)).WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(ActiveRun run, RunPlan plan)
    {
        using var limit = new Timer(_ => run.Stop(RunStop.TimeLimit), null, settings.TimeLimit, Timeout.InfiniteTimeSpan);
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
                (final.Verdict, final.Reason, final.Summary) = (Wire.Verdict.Error, "AGENT_BUG", "The agent made a mistake; its log has the details.");
            }

            final.State = Wire.RunState.Ended;
            final.EndTime = time.GetUtcNow().ToTimestamp();
            await store.SaveAsync(final, run.Identity, CancellationToken.None);
            run.End(final);
        }
    }

    private RunFolder FolderOf(string name) => new(Path.Combine(folder, name["runs/".Length..]));

    private void Prune()
    {
        var old = new DirectoryInfo(folder).GetDirectories().OrderByDescending(d => d.CreationTimeUtc).Skip(MostKept)
            .Where(d => !_active.TryGetValue("runs/" + d.Name, out var run) || run.Ended.IsCompleted);
        foreach (var one in old)
        {
            one.Delete(recursive: true);
        }
    }
}
