using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Boards.Sessions;

/// <summary>
/// A board's debug probe with its thread. Each job opens the probe, attaches and closes it again: a probe that was unplugged and plugged
/// in works with the next job, and the core is left as it was found unless the job says otherwise. Thread-safe.
/// </summary>
public sealed class BoardProbe : IDisposable
{
    private readonly BoardDescription _board;
    private readonly IHardwareBackend _backend;
    private readonly Action<DebugSession> _onAttached;
    private readonly DeviceExecutor _executor;
    private volatile ProbePresence _presence = new(null, null);

    internal BoardProbe(
        BoardDescription board, ProbeSelector selector, IHardwareBackend backend, Action<DebugSession> onAttached, TimeProvider time, ExecutorOptions options)
    {
        (_board, Selector, _backend, _onAttached) = (board, selector, backend, onAttached);
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
            _presence = new ProbePresence(ProbeCatalog.Find(_backend.Usb, Selector), null);
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
        CancellationToken cancellationToken) =>
        _executor.RunAsync(
            token,
            what,
            stop =>
            {
                using var session = DebugSession.Open(_backend.Usb, Selector, options, _backend.Waiter, stop);
                _onAttached(session);
                return job(session, stop);
            },
            limit,
            cancellationToken);

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
        LeaseToken token, string what, Func<IDebugProbe, CancellationToken, T> job, TimeSpan limit, CancellationToken cancellationToken) =>
        _executor.RunAsync(
            token,
            what,
            stop =>
            {
                using var probe = ProbeCatalog.Open(_backend.Usb, Selector, _backend.Waiter);
                return job(probe, stop);
            },
            limit,
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _executor.Dispose();
}

/// <summary>Whether a board's probe is plugged in.</summary>
/// <param name="Info">The probe; null when it is not there.</param>
/// <param name="Absence">Why not, with the next step; null when it is there.</param>
public sealed record ProbePresence(ProbeInfo? Info, string? Absence)
{
    /// <summary>Why it cannot be used, with the next step; null when it can.</summary>
    public string? Problem => Absence ?? Info?.Problem;
}
