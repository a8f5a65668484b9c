using System.Threading.Channels;
using FarmAgent.Hardware;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;
using FarmAgent.Simulation.Tracing;

namespace FarmAgent.Simulation.Bench;

/// <summary>
/// A simulated test bench: probe, chip, wires and the host's devices, run by one clock. Its devices are opened through
/// <see cref="OpenBackend"/>; this type is what moves time, looks at nets and makes faults. Thread-safe.
/// </summary>
public sealed partial class VirtualBench : IDisposable
{
    /// <summary>Name of the end by which clients of the bench drive a net themselves.</summary>
    private const string BenchEnd = "bench";

    /// <summary>Name of the ends that clients hold for as long as they are attached.</summary>
    private const string TipEnd = "tip";

    /// <summary>Builds a bench and powers it.</summary>
    /// <param name="description">What it consists of.</param>
    /// <param name="wall">Wall time for the realtime clock; null for the system's.</param>
    /// <exception cref="RequestException">The description names something that does not exist (<c>BENCH_INVALID</c>).</exception>
    public VirtualBench(BenchDescription description, TimeProvider? wall = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        Description = description;
        Clock = new BenchClock(wall ?? TimeProvider.System);
        NoticeBoard = new NoticeBoard(Clock);
        Harness = new WireHarness(NoticeBoard);
        Faults = new FaultPlan(this);
        Trace = new BenchTrace(Clock);
        Compose();
        ConnectTrace();
        foreach (var fault in description.Faults)
        {
            Faults.Apply(fault);
        }

        Clock.Mode = description.Clock;
    }

    /// <summary>What the bench was built from.</summary>
    public BenchDescription Description { get; }

    /// <summary>Name for reports.</summary>
    public string Name => Description.Name;

    /// <summary>Faults: those of the bench file, and those made since.</summary>
    public FaultPlan Faults { get; }

    /// <summary>Recorder of what passes over the wires; off until it is started, or on from the start by the bench file.</summary>
    public BenchTrace Trace { get; }

    /// <summary>How time passes; may be changed at any time.</summary>
    public BenchClockMode ClockMode
    {
        get => Clock.Mode;
        set => Clock.Mode = value;
    }

    /// <summary>Time of the bench since it was built.</summary>
    public TimeSpan Elapsed => Clock.Elapsed;

    /// <summary>How far a realtime bench is behind wall time, with what it has given up since it became realtime; zero in lockstep.</summary>
    public TimeSpan Lag => Clock.Lag;

    /// <summary>What the twin noticed: faults, conflicts on wires, accesses that are not modelled.</summary>
    public IReadOnlyList<BenchNotice> Notices => NoticeBoard.List();

    internal BenchClock Clock { get; }

    internal NoticeBoard NoticeBoard { get; }

    internal WireHarness Harness { get; }

    /// <summary>The seed's bench, built in.</summary>
    /// <param name="mode">Clock mode at the start.</param>
    public static VirtualBench Seed(BenchClockMode mode) => new(BenchFile.Seed() with { Clock = mode });

    /// <summary>Opens the bench's devices behind the seam of real ones. May be called several times.</summary>
    public VirtualBackend OpenBackend() => new(this);

    /// <summary>Moves a lockstep bench on; on a realtime bench it waits until that time has passed.</summary>
    /// <param name="duration">Bench time.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="RequestException"><c>BENCH_HELD</c>: the flash is held, so time stands still.</exception>
    public void Advance(TimeSpan duration, CancellationToken cancellationToken)
    {
        if (Clock.IsFrozen)
        {
            throw new RequestException("BENCH_HELD",
                "The bench's time cannot be moved: its flash is held at a half-word by a fault. Release the hold first.");
        }

        Clock.Wait(duration, cancellationToken);
    }

    /// <summary>All nets of the bench file, and NRST, SWDIO and SWCLK, with who drives them.</summary>
    public IReadOnlyList<NetState> ListNets()
    {
        lock (Clock.Gate)
        {
            Clock.CatchUp();
            return [.. Harness.Wires.Select(Snapshot)];
        }
    }

    /// <summary>One net.</summary>
    /// <param name="net">Name, for example <c>SDA</c>.</param>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>.</exception>
    public NetState GetNet(string net)
    {
        lock (Clock.Gate)
        {
            Clock.CatchUp();
            return Snapshot(Harness.Find(net));
        }
    }

    /// <summary>Drives a net by the bench's own end, as a probe tip held to it would.</summary>
    /// <param name="net">Name, for example <c>SDA</c>.</param>
    /// <param name="drive">High, low, a resistor, or none to let go.</param>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>.</exception>
    public void DriveNet(string net, PinDrive drive)
    {
        lock (Clock.Gate)
        {
            Clock.CatchUp();
            var wire = Harness.Find(net);
            var end = wire.Endpoints.FirstOrDefault(e => e.Name == BenchEnd) ?? wire.Add(BenchEnd);
            var isPull = drive is PinDrive.PullUp or PinDrive.PullDown;
            end.Set(isPull ? PinDrive.None : drive, isPull ? drive : PinDrive.None);
        }
    }

    /// <summary>Takes an end of a net of its own, until the result is disposed.</summary>
    /// <param name="net">Name, for example <c>PA0</c>.</param>
    /// <param name="changes">Told the present level at once, then every change, under the bench's lock: it must take them without waiting.</param>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>.</exception>
    public NetTip AttachNet(string net, ChannelWriter<NetChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (Clock.Gate)
        {
            Clock.CatchUp();
            var wire = Harness.Find(net);

            // An end that was let go is taken again: what attaches and detaches all day makes no net longer.
            var end = wire.Endpoints.FirstOrDefault(e => e.Name == TipEnd && e.LevelChanged is null) ?? wire.Add(TipEnd);
            return new NetTip(Clock, end, changes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clock.Dispose();
        foreach (var (_, uart) in Uarts)
        {
            uart.HangUp();
        }
    }

    /// <summary>Cuts or joins a net at one end, or at all its ends on the chip. Called under the lock.</summary>
    internal void SetConnected(string net, string? endpoint, bool connected)
    {
        var wire = Harness.Find(net);
        var ends = endpoint is not null
            ? [Harness.Find(net, endpoint)]
            : wire.Endpoints.Where(e => e.Name.StartsWith(ChipEnd, StringComparison.Ordinal)).ToList();
        foreach (var end in ends)
        {
            wire.SetConnected(end, connected);
        }
    }

    private void ConnectTrace()
    {
        foreach (var wire in Harness.Wires)
        {
            wire.LevelChanged = high => Trace.Note(TraceChannel.Net, wire.Name, [], [], high ? "1" : "0");
        }

        if (Description.Trace)
        {
            Trace.Start();
        }
    }

    private static NetState Snapshot(Wire wire) => new(wire.Name, wire.Level,
        [.. wire.Endpoints.Select(e => new NetEndpointState(e.Name, e.IsConnected, e.Drive, e.Pull, e.Level))]);
}
