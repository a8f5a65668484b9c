using System.Globalization;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Traces;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Usb;
using FarmAgent.Probes;
using FarmAgent.Probes.Sessions;
using FarmAgent.Probes.StLink;

namespace FarmAgent.Boards.Sessions;

/// <summary>
/// A board's debug probe with its thread. Each job opens the probe, attaches and closes it again: a probe that was unplugged and plugged
/// in works with the next job, and the core is left as it was found unless the job says otherwise. Thread-safe.
/// </summary>
public sealed class BoardProbe : IDisposable
{
    private readonly BoardDescription _board;
    private readonly IHardwareBackend _backend;
    private readonly IUsbEnumerator _usb;
    private readonly Action<DebugSession> _onAttached;
    private readonly DeviceExecutor _executor;
    private readonly TimeProvider _time;
    private Attachment? _attachment;
    private volatile ProbePresence _presence = new(null, null);

    internal BoardProbe(
        BoardDescription board, ProbeSelector selector, IHardwareBackend backend, FlightRecorder trace, Action<DebugSession> onAttached, TimeProvider time, ExecutorOptions options)
    {
        _usb = new RecordedUsb(backend.Usb, trace);
        (_board, Selector, _backend, _onAttached, _time) = (board, selector, backend, onAttached, time);
        _executor = new DeviceExecutor($"{board.Name}/probe", time, options);
        Refresh();
    }

    /// <summary>Which probe.</summary>
    public ProbeSelector Selector { get; }

    /// <summary>Whether it was plugged in when last looked.</summary>
    public ProbePresence Presence => _presence;

    /// <summary>What its thread is doing.</summary>
    public ExecutorStatus Status => _executor.Status;

    /// <summary>How jobs connect, by the board's description.</summary>
    public DebugSessionOptions DefaultOptions => new()
    {
        SwdKilohertz = _board.Flash.SwdKilohertz,
        UnderReset = _board.Flash.ConnectUnderReset,
        MinimumVolts = _board.Flash.MinimumVolts,
    };

    /// <summary>How to look without disturbing: never resets the target.</summary>
    public DebugSessionOptions LookOnly => DefaultOptions with { AllowReset = false, UnderReset = false, End = SessionEnd.AsFound };

    /// <summary>Looks on USB whether the probe is there; opens nothing and waits for nobody.</summary>
    /// <returns>Presence now.</returns>
    public ProbePresence Refresh()
    {
        try
        {
            _presence = new ProbePresence(ProbeCatalog.Find(_usb, Selector), null);
        }
        catch (FarmException e)
        {
            _presence = new ProbePresence(null, e.Message);
        }

        return _presence;
    }

    /// <summary>Runs a job on the probe's thread with a session of its own.</summary>
    /// <typeparam name="T">Its result.</typeparam>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="what">What it does, for messages.</param>
    /// <param name="options">How to connect; see <see cref="DefaultOptions"/>.</param>
    /// <param name="job">The job; its token is cancelled when it has to stop.</param>
    /// <param name="limit">Limit of waiting and working together.</param>
    /// <param name="cancellationToken">Leaves the queue, or tells the job to stop.</param>
    /// <exception cref="BoardException">See <see cref="DeviceExecutor.RunAsync"/>.</exception>
    /// <exception cref="ProbeException">The probe is not there, not usable, or was lost (<c>PROBE_NOT_FOUND</c>, <c>PROBE_DISCONNECTED</c>, …).</exception>
    /// <exception cref="TargetException">The chip does not answer (<c>TARGET_NOT_CONNECTED</c>, <c>TARGET_VOLTAGE_LOW</c>).</exception>
    public Task<T> RunAsync<T>(
        LeaseToken token,
        string what,
        DebugSessionOptions options,
        Func<DebugSession, CancellationToken, T> job,
        TimeSpan limit,
        CancellationToken cancellationToken)
    {
        RefuseBesideTool(token, what);
        return _executor.RunAsync(
            token,
            what,
            stop =>
            {
                using var session = DebugSession.Open(_usb, Selector, options, _backend.Waiter, stop);
                _onAttached(session);
                return job(session, stop);
            },
            limit,
            cancellationToken);
    }

    /// <summary>Runs a job on the probe's thread with the opened probe, whatever the target does.</summary>
    /// <typeparam name="T">Its result.</typeparam>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="what">What it does, for messages.</param>
    /// <param name="job">The job; the probe is closed after it.</param>
    /// <param name="limit">Limit of waiting and working together.</param>
    /// <param name="cancellationToken">Leaves the queue, or tells the job to stop.</param>
    /// <exception cref="BoardException">See <see cref="DeviceExecutor.RunAsync"/>.</exception>
    /// <exception cref="ProbeException">The probe is not there, not usable, or was lost.</exception>
    public Task<T> RunOnProbeAsync<T>(
        LeaseToken token, string what, Func<IDebugProbe, CancellationToken, T> job, TimeSpan limit, CancellationToken cancellationToken)
    {
        RefuseBesideTool(token, what);
        return _executor.RunAsync(
            token,
            what,
            stop =>
            {
                using var probe = ProbeCatalog.Open(_usb, Selector, _backend.Waiter);
                return job(probe, stop);
            },
            limit,
            cancellationToken);
    }

    /// <summary>Gives the probe to a program that is not ours. Until it ends, other jobs are refused instead of queued.</summary>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="tool">Name of the program, for messages.</param>
    /// <param name="job">Passes its commands, on the probe's thread; its token is cancelled when it has to stop.</param>
    /// <param name="limit">Limit of the whole attachment.</param>
    /// <param name="cancellationToken">Leaves the queue, or tells the job to stop.</param>
    /// <exception cref="BoardException">Another program has it (<c>PROBE_IN_USE</c>); else see <see cref="DeviceExecutor.RunAsync"/>.</exception>
    /// <exception cref="ProbeException">The probe is not there, not usable, or was lost.</exception>
    public Task LendAsync(
        LeaseToken token, string tool, Action<StLinkPassage, CancellationToken> job, TimeSpan limit, CancellationToken cancellationToken) =>
        LendAsync(
            token,
            tool,
            stop =>
            {
                using var passage = ProbeCatalog.OpenPassage(_usb, Selector);
                job(passage, stop);
            },
            limit,
            cancellationToken);

    /// <summary>Gives the target, with a session of its own, to a program that is not ours. Until it ends, other jobs are refused instead of queued.</summary>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="tool">Name of the program, for messages.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="job">Does what the program asks, on the probe's thread; its token is cancelled when it has to stop.</param>
    /// <param name="limit">Limit of the whole attachment.</param>
    /// <param name="cancellationToken">Leaves the queue, or tells the job to stop.</param>
    /// <exception cref="BoardException">Another program has it (<c>PROBE_IN_USE</c>); else see <see cref="DeviceExecutor.RunAsync"/>.</exception>
    /// <exception cref="ProbeException">The probe is not there, not usable, or was lost.</exception>
    /// <exception cref="TargetException">The chip does not answer (<c>TARGET_NOT_CONNECTED</c>, <c>TARGET_VOLTAGE_LOW</c>).</exception>
    public Task LendSessionAsync(
        LeaseToken token,
        string tool,
        DebugSessionOptions options,
        Action<DebugSession, CancellationToken> job,
        TimeSpan limit,
        CancellationToken cancellationToken) =>
        LendAsync(
            token,
            tool,
            stop =>
            {
                using var session = DebugSession.Open(_usb, Selector, options, _backend.Waiter, stop);
                _onAttached(session);
                job(session, stop);
            },
            limit,
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _executor.Dispose();

    private async Task LendAsync(LeaseToken token, string tool, Action<CancellationToken> job, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(tool);
        if (Interlocked.CompareExchange(ref _attachment, new Attachment(tool, _time.GetUtcNow()), null) is { } other)
        {
            throw InUse(other, tool);
        }

        try
        {
            await _executor.RunAsync(
                token,
                tool,
                stop =>
                {
                    job(stop);
                    return true;
                },
                limit,
                cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _attachment, null);
        }
    }

    /// <summary>Refuses a job while a program has the probe; the agent itself, between leases, waits for the program's end instead.</summary>
    private void RefuseBesideTool(LeaseToken token, string what)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Kind != LeaseTokenKind.Maintenance && Volatile.Read(ref _attachment) is { } attachment)
        {
            throw InUse(attachment, what);
        }
    }

    private BoardException InUse(Attachment other, string what)
    {
        var since = other.Since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var seconds = (_time.GetUtcNow() - other.Since).TotalSeconds;
        return (BoardException)new BoardException(
            "PROBE_IN_USE",
            FormattableString.Invariant($"The probe of board {_board.Name} has been attached to {other.Tool} since {since} ({seconds:0} s), so nothing was done for '{what}'. ")
            + "End that program, or detach it, then ask again.")
            .With("board", _board.Name).With("tool", other.Tool).With("since", since);
    }

    private sealed record Attachment(string Tool, DateTimeOffset Since);
}

/// <summary>Whether a board's probe is plugged in.</summary>
/// <param name="Info">The probe; null when it is not there.</param>
/// <param name="Absence">Why not, with the next step; null when it is there.</param>
public sealed record ProbePresence(ProbeInfo? Info, string? Absence)
{
    /// <summary>Why it cannot be used, with the next step; null when it can.</summary>
    public string? Problem => Absence ?? Info?.Problem;
}
