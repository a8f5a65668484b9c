using FarmAgent.Boards.Checks;
using FarmAgent.Boards.Consoles;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Inventory;
using FarmAgent.Boards.Power;
using FarmAgent.Boards.Safety;
using FarmAgent.Boards.Traces;
using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Boards.Sessions;

/// <summary>
/// The devices of one board, opened when they are first needed and again after they were lost. It lives as long as the agent; who may
/// use it is decided by the token that comes with each call.
/// </summary>
public sealed class BoardSession : IDisposable
{
    private readonly IReadOnlyList<SerialRecorder> _recorders;
    private readonly FlashContentTracker _contents;
    private readonly BoardPower? _power;
    private volatile SafeStateReport? _safeState;
    private volatile BoardCheckReport? _lastCheck;
    private volatile BoardQuarantine? _quarantine;

    internal BoardSession(
        BoardDescription description, IHardwareBackend backend, AdapterPool adapters, FlashContentTracker contents, ISerialSink? sink, TimeProvider time, SessionOptions options)
    {
        (Description, Backend, Options, _contents) = (description, backend, options, contents);
        Trace = new FlightRecorder(backend.Waiter, options.TraceBytes);
        I2cBuses = [.. description.I2cAdapters.Select(a => new BoardI2cBus(description.Name, a, adapters.Get(backend, a.Device), Trace))];
        GpioLines = [.. description.GpioLines.Select(l => new BoardGpioLine(l, backend, Trace))];
        _power = description.Power is { } power ? new BoardPower(power, backend) : null;
        _recorders = [.. description.SerialPorts.Select(p => new SerialRecorder(description.Name, p, backend, sink, time, options.Serial, Trace))];
        Probe = description.Probe is { } selector ? new BoardProbe(description, selector, backend, Trace, Attached, time, options.Executor) : null;
    }

    /// <summary>The board as described.</summary>
    public BoardDescription Description { get; }

    /// <summary>Name of the board.</summary>
    public string Name => Description.Name;

    /// <summary>The bench behind it.</summary>
    public IHardwareBackend Backend { get; }

    /// <summary>Limits.</summary>
    public SessionOptions Options { get; }

    /// <summary>What passed over its wires lately.</summary>
    public FlightRecorder Trace { get; }

    /// <summary>Its I2C adapters.</summary>
    public IReadOnlyList<BoardI2cBus> I2cBuses { get; }

    /// <summary>Its host lines.</summary>
    public IReadOnlyList<BoardGpioLine> GpioLines { get; }

    /// <summary>Its consoles.</summary>
    public IReadOnlyList<SerialRecorder> Consoles => _recorders;

    /// <summary>Its probe; null when none is described.</summary>
    public BoardProbe? Probe { get; }

    /// <summary>Its supply; null when nothing switches it.</summary>
    public IBoardPower? Power => _power;

    /// <summary>How its last way into the safe state went; null before the first.</summary>
    public SafeStateReport? SafeState => _safeState;

    /// <summary>What its last check found; null before the first.</summary>
    public BoardCheckReport? LastCheck => _lastCheck;

    /// <summary>Why nobody but an administrator may lease it; null while everybody may.</summary>
    public BoardQuarantine? Quarantine
    {
        get => _quarantine;
        set => _quarantine = value;
    }

    /// <summary>What is wrong with it, each with the next step.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. _quarantine is { } quarantine ? [quarantine.ToString()] : Array.Empty<string>(),
        .. Probe?.Presence.Problem is { } probe ? [probe] : Array.Empty<string>(),
        .. I2cBuses.Select(b => b.Problem).OfType<string>(),
        .. GpioLines.Select(l => l.Problem).OfType<string>(),
        .. _recorders.Select(r => r.Problem).OfType<string>(),
        .. _power?.Problem is { } power ? [power] : Array.Empty<string>(),
        .. _safeState?.Failures.Where(f => !f.IsDevice).Select(f => f.Message) ?? [],
    ];

    /// <summary>True while it can be used: it is not in quarantine, and its probe, if it has one, is plugged in and usable.</summary>
    public bool IsAvailable => Probe?.Presence.Problem is null && _quarantine is null;

    /// <summary>An adapter by its name.</summary>
    /// <param name="name">Its name; null or empty for the first.</param>
    /// <exception cref="RequestException">There is none (<c>I2C_ADAPTER_UNKNOWN</c>).</exception>
    public BoardI2cBus GetI2cBus(string? name) => Find(I2cBuses, b => b.Description.Name, name, "I2C adapter", "I2C_ADAPTER_UNKNOWN");

    /// <summary>The adapter that declares an expander, or the first.</summary>
    /// <exception cref="RequestException">The board has no adapter (<c>I2C_ADAPTER_UNKNOWN</c>).</exception>
    public BoardI2cBus GetExpanderBus() => I2cBuses.FirstOrDefault(b => b.Description.ExpanderAddress is not null) ?? GetI2cBus(null);

    /// <summary>A console by its name.</summary>
    /// <param name="name">Its name; null or empty for the first.</param>
    /// <exception cref="RequestException">There is none (<c>SERIAL_PORT_UNKNOWN</c>).</exception>
    public SerialRecorder GetConsole(string? name) => Find(_recorders, r => r.Description.Name, name, "serial port", "SERIAL_PORT_UNKNOWN");

    /// <summary>A host line by its name or by the number that the old sysfs interface gave it.</summary>
    /// <param name="nameOrNumber">For example <c>PG11</c> or <c>203</c>.</param>
    /// <exception cref="RequestException">There is none (<c>GPIO_LINE_UNKNOWN</c>).</exception>
    public BoardGpioLine GetGpioLine(string nameOrNumber)
    {
        ArgumentNullException.ThrowIfNull(nameOrNumber);
        return GpioLines.FirstOrDefault(l => l.Description.LegacyNumber is { } number && string.Equals($"{number}", nameOrNumber, StringComparison.Ordinal))
            ?? Find(GpioLines, l => l.Description.Name, nameOrNumber, "GPIO line", "GPIO_LINE_UNKNOWN");
    }

    /// <summary>The probe, for those who cannot do without.</summary>
    /// <exception cref="RequestException">None is described (<c>PROBE_NOT_DECLARED</c>).</exception>
    public BoardProbe GetProbe() => Probe ?? throw new RequestException(
        "PROBE_NOT_DECLARED", $"Board {Name} has no probe in its description, so its chip cannot be reached. Add 'probe:' to the board's file.");

    /// <summary>The supply, for those who cannot do without.</summary>
    /// <exception cref="RequestException">Nothing switches it (<c>POWER_NOT_DECLARED</c>).</exception>
    public IBoardPower GetPower() => Power ?? throw new RequestException(
        "POWER_NOT_DECLARED",
        $"Nothing switches the supply of board {Name}. Where a relay or a USB port does, add 'power:' with 'relay' or 'usb_port' to the board's file.")
        .With("board", Name);

    /// <summary>Begins to record the consoles.</summary>
    internal void Start()
    {
        foreach (var recorder in _recorders)
        {
            recorder.Start();
        }
    }

    /// <summary>Attaches to the target of an opened probe, which is disposed with the session and also when this fails.</summary>
    internal DebugSession Attach(IDebugProbe probe, DebugSessionOptions options, CancellationToken cancellationToken)
    {
        var session = DebugSession.Open(probe, options, Backend.Waiter, cancellationToken);
        var attached = false;
        try
        {
            Attached(session);
            attached = true;
            return session;
        }
        finally
        {
            if (!attached)
            {
                session.Dispose();
            }
        }
    }

    /// <summary>The supply as described for the time in which nobody uses the board; true where there is no switch.</summary>
    internal bool MakePowerSafe(LeaseToken token, CancellationToken cancellationToken) => _power?.MakeSafe(token, cancellationToken) ?? true;

    internal void Remember(SafeStateReport report) => _safeState = report;

    internal void Remember(BoardCheckReport report) => _lastCheck = report;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var recorder in _recorders)
        {
            recorder.Dispose();
        }

        Probe?.Dispose();
        foreach (var line in GpioLines)
        {
            line.Dispose();
        }

        _power?.Dispose();
    }

    private void Attached(DebugSession session)
    {
        // An id can only end a proof that has one: without such a proof the read is saved.
        var uniqueId = _contents.Get(Name).Proof?.ChipUniqueId is null ? null : TargetRegistry.BuiltIn.FindUniqueId(session);
        _contents.ChipSeen(Name, session.Probe.Info.Serial, session.Identity.DeviceIdCode, uniqueId);
    }

    private T Find<T>(IReadOnlyList<T> all, Func<T, string> nameOf, string? name, string what, string reason)
    {
        var found = string.IsNullOrEmpty(name) ? (all.Count > 0 ? all[0] : default) : all.FirstOrDefault(d => string.Equals(nameOf(d), name, StringComparison.Ordinal));
        if (found is not null)
        {
            return found;
        }

        var known = all.Select(nameOf).ToList();
        throw new RequestException(
            reason,
            known.Count == 0
                ? $"Board {Name} has no {what}. Describe it in the board's file."
                : $"Board {Name} has no {what} '{name}'; it has {string.Join(", ", known)}.{Suggestions.DidYouMean(name ?? "", known)}")
            .With("board", Name);
    }
}
