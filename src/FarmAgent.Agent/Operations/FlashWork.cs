using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Metrics;
using FarmAgent.Agent.Traces;
using FarmAgent.Boards;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Sessions;
using FarmAgent.Flashing;
using FarmAgent.Flashing.Programming;
using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Agent.Operations;

/// <summary>What flash and erase have in common: they hold the lease, run on the probe's thread, and leave the truth behind however they end.</summary>
internal sealed class FlashWork(LeaseManager leases, BoardFleet fleet, FlashContentTracker contents, ChangeSignal changes, TraceFiles traces, QuarantineKeeper quarantines, AgentMetrics metrics, TimeProvider time, ILogger<FlashWork> log) : IDisposable
{
    // A whole 64 KiB part takes about 4 s through an ST-LINK/V2; a held or very slow one must not hold the probe for ever.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Tells all work to stop at its next page; the agent ends.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    /// <summary>Begins to work under a lease and returns at once; what is wrong with the request is said now, the rest is the operation's.</summary>
    /// <param name="operation">The operation, which ends with the work.</param>
    /// <param name="lease">Id of the lease.</param>
    /// <param name="board">Name of the board.</param>
    /// <param name="what">What is done, for a person.</param>
    /// <param name="work">Runs on the probe's thread; says how the operation succeeded.</param>
    public void Start(FlashOperation operation, string lease, string board, string what, FlashJob work)
    {
        var session = fleet.Get(board);
        var probe = session.GetProbe();
        var held = leases.BeginOperation(lease, board, what);
        _ = Task.Run(async () =>
        {
            using (held)
            using (LogScopes.OfOperation(log, operation.Id, lease, board))
            {
                await RunAsync(operation, held, session, probe, what, work);
            }
        }).ContinueWith(
            task => AgentLog.OperationFailed(log, task.Exception!.InnerException!, operation.Id, what),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }

    /// <summary>
    /// Does a piece of work at once, on the probe's thread, in a session that somebody has already. Returns when the operation has ended; how
    /// is in the operation.
    /// </summary>
    /// <param name="operation">The operation, which ends with the work.</param>
    /// <param name="lease">Id of the lease.</param>
    /// <param name="session">The board.</param>
    /// <param name="debug">The session.</param>
    /// <param name="what">What is done, for a person.</param>
    /// <param name="work">Does it.</param>
    public void RunInSession(FlashOperation operation, string lease, BoardSession session, DebugSession debug, string what, FlashJob work)
    {
        using var held = leases.BeginOperation(lease, session.Name, what);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(operation.Cancelled, held.Stopping, _stopping.Token);

        // All that touches the probe happens on this thread, before the first wait; this thread may wait for what is written down afterwards.
        ConcludeAsync(operation, session.Name, what, () =>
        {
            var finish = Identify(operation, session, debug, target => work(new FlashContext(session, held, debug, target), stop.Token));
            return finish(CancellationToken.None);
        }, stop.Token).GetAwaiter().GetResult();
    }

    private async Task RunAsync(
        FlashOperation operation, LeaseOperation held, BoardSession session, BoardProbe probe, string what, FlashJob work)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(operation.Cancelled, held.Stopping, _stopping.Token);
        await ConcludeAsync(operation, session.Name, what, async () =>
        {
            var finish = await probe.RunAsync(
                held.Token,
                what,
                probe.DefaultOptions with { End = SessionEnd.AsFound },
                (debug, cancelled) => Identify(operation, session, debug, target => work(new FlashContext(session, held, debug, target), cancelled)),
                Limit,
                stop.Token);
            await finish(CancellationToken.None);
        }, stop.Token);
    }

    private async Task ConcludeAsync(FlashOperation operation, string board, string what, Func<Task> run, CancellationToken stop)
    {
        try
        {
            operation.Begin();
            fleet.Get(board).Trace.Mark($"{operation.Name}: {what}");
            await run();
            quarantines.Note(fleet.Get(board), reason: "", text: "");
        }
        catch (FarmException e)
        {
            await EndAsync(operation, board, e, (e as FlashException)?.Undefined, stop.IsCancellationRequested);
        }
        catch (OperationCanceledException)
        {
            var cancelled = new BoardException("FLASH_CANCELLED", $"{what} was stopped on request before it changed anything. Ask again to do it.");
            await EndAsync(operation, board, cancelled, undefined: null, stopped: true);
        }
        finally
        {
            // Whatever went wrong, also by a mistake of ours: an operation always ends, and a board never counts as flashed without a receipt.
            if (!operation.Ended.IsCompleted)
            {
                var bug = new AgentException("AGENT_BUG", $"{what} ended by a mistake of the agent; its log has the details. Flash again before using the board.");
                await EndAsync(operation, board, bug, undefined: null, stopped: false);
            }

            var state = operation.Snapshot();
            metrics.OperationEnded(board, state.Kind, state.State == Api.V1.OperationState.Succeeded ? "OK" : state.Error.Reason);
            changes.Raise();
        }
    }

    private Func<CancellationToken, Task> Identify(
        FlashOperation operation, BoardSession session, DebugSession debug, Func<FlashTarget, Func<CancellationToken, Task>> work)
    {
        var target = TargetRegistry.BuiltIn.Identify(debug, session.Description.Chip);
        contents.ChipSeen(session.Name, debug.Probe.Info.Serial, debug.Identity.DeviceIdCode, target.UniqueId);
        var volts = debug.TargetVolts is { } v ? FormattableString.Invariant($" · {v:0.00} V") : "";
        operation.Connected(FormattableString.Invariant(
            $"{session.Description.Chip ?? target.ToString()} (id 0x{debug.Identity.DeviceId:X3}, {target.Geometry.Bytes / 1024} KiB){volts} · SWD {debug.Probe.SwdKilohertz} kHz"));
        return work(target);
    }

    private async Task EndAsync(FlashOperation operation, string board, FarmException failure, IReadOnlyList<AddressRange>? undefined, bool stopped)
    {
        // Without a list everything that was intended is undefined; an operation that intended nothing leaves what was known.
        var left = undefined ?? contents.Get(board).Intent?.Touched ?? [];
        if (contents.Get(board).Intent is { } intent && intent.OperationId == operation.Id)
        {
            try
            {
                await contents.AbandonAsync(board, left, failure.Reason, CancellationToken.None);
            }
            catch (FarmException e)
            {
                AgentLog.BoardTrouble(log, board, e.Message);
            }
        }

        await SaveTraceAsync(operation, board, failure);
        quarantines.Note(fleet.Get(board), failure.Reason, failure.Message);
        operation.Failed(failure, left.Select(FlashMapping.ToWire), stopped, time.GetUtcNow());
    }

    /// <summary>Keeps what led to the failure while it is in memory. That it cannot be kept changes nothing about the operation.</summary>
    private async Task SaveTraceAsync(FlashOperation operation, string board, FarmException failure)
    {
        var session = fleet.Get(board);
        session.Trace.Mark($"{operation.Name} failed: {failure.Reason}");
        try
        {
            await traces.SaveOperationAsync(operation.Id, session);
            operation.Warn($"What passed over the wires before is saved: farmctl trace save --operation {operation.Id} --text FILE");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            AgentLog.BoardTrouble(log, board, $"the trace of {operation.Name} could not be saved: {e.Message}");
        }
    }
}

/// <summary>Works on the flash of an identified chip, on the probe's thread.</summary>
/// <param name="context">What to work with.</param>
/// <param name="cancellationToken">Stops at the next page.</param>
/// <returns>Writes down how it succeeded and ends the operation, off the probe's thread.</returns>
internal delegate Func<CancellationToken, Task> FlashJob(FlashContext context, CancellationToken cancellationToken);

/// <summary>What a job works with.</summary>
/// <param name="Session">The board.</param>
/// <param name="Held">The lease, held.</param>
/// <param name="Debug">The target.</param>
/// <param name="Target">The chip.</param>
internal sealed record FlashContext(BoardSession Session, LeaseOperation Held, DebugSession Debug, FlashTarget Target)
{
    public FlashProgrammer NewProgrammer() => new(Debug, Target, Session.Backend.Waiter);
}
