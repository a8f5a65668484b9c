using FarmAgent.Hardware;
using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Faults;

/// <summary>
/// The faults of a virtual bench: those of its file and those that clients make and mend. Every call returns at once; a bench whose flash is
/// held stands still until <see cref="ReleaseFlash"/> or the hold's limit. Thread-safe.
/// </summary>
public sealed class FaultPlan
{
    private readonly VirtualBench _bench;
    private readonly List<BenchFault> _active = [];

    internal FaultPlan(VirtualBench bench) => _bench = bench;

    /// <summary>Faults that are there now. A flash hold is listed from arming to release.</summary>
    public IReadOnlyList<BenchFault> Active
    {
        get
        {
            lock (_bench.Clock.Gate)
            {
                return [.. _active];
            }
        }
    }

    /// <summary>True while the flash is busy at the half-word of a hold and the bench stands still.</summary>
    public bool IsFlashHeld => _bench.Clock.IsFrozen;

    /// <summary>Makes a fault.</summary>
    /// <param name="fault">Which one.</param>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>, <c>FAULT_INVALID</c>.</exception>
    public void Apply(BenchFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_bench.Clock.Gate)
        {
            _bench.Clock.CatchUp();
            Make(fault);
            _active.RemoveAll(f => IsSame(f, fault));
            _active.Add(fault);
            _bench.NoticeBoard.Add("fault", $"{fault}");
        }
    }

    /// <summary>Mends a fault; nothing happens where it is not there.</summary>
    /// <param name="fault">Which one; of a flash hold only the kind counts.</param>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>.</exception>
    public void Clear(BenchFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_bench.Clock.Gate)
        {
            _bench.Clock.CatchUp();
            Mend(fault);
            if (_active.RemoveAll(f => IsSame(f, fault)) > 0)
            {
                _bench.NoticeBoard.Add("fault", $"mended: {fault}");
            }
        }
    }

    /// <summary>Mends everything.</summary>
    public void ClearAll()
    {
        foreach (var fault in Active)
        {
            Clear(fault);
        }
    }

    /// <summary>Pulls the probe out of its USB port: open pipes fail with <c>PROBE_DISCONNECTED</c>.</summary>
    public void UnplugProbe() => Apply(new BenchFault(BenchFaultKind.UnplugProbe));

    /// <summary>Plugs the probe in again; it starts as after power-up.</summary>
    public void ReplugProbe() => Clear(new BenchFault(BenchFaultKind.UnplugProbe));

    /// <summary>Cuts a wire.</summary>
    /// <param name="net">Net, for example <c>SDA</c>.</param>
    /// <param name="endpoint">End at which it is cut, for example <c>host:PG11</c>; null cuts the ends on the chip.</param>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>.</exception>
    public void CutWire(string net, string? endpoint = null) => Apply(new BenchFault(BenchFaultKind.CutWire) { Net = net, Endpoint = endpoint });

    /// <summary>Joins a wire that was cut.</summary>
    /// <param name="net">Net, for example <c>SDA</c>.</param>
    /// <param name="endpoint">End at which it was cut; null joins the ends on the chip.</param>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>.</exception>
    public void JoinWire(string net, string? endpoint = null) => Clear(new BenchFault(BenchFaultKind.CutWire) { Net = net, Endpoint = endpoint });

    /// <summary>Arms a hold: at the given half-word programming stands still.</summary>
    /// <param name="halfWord">Counted from 1 over the half-words that are programmed from now on.</param>
    /// <param name="limit">Wall time after which the hold ends by itself; null for <see cref="BenchFault.DefaultHoldLimit"/>.</param>
    public void HoldFlash(int halfWord, TimeSpan? limit = null) =>
        Apply(new BenchFault(BenchFaultKind.HoldFlash) { HalfWord = halfWord, HoldLimit = limit ?? BenchFault.DefaultHoldLimit });

    /// <summary>Lets a held flash go on, and disarms a hold that was not reached yet.</summary>
    public void ReleaseFlash() => Clear(new BenchFault(BenchFaultKind.HoldFlash));

    /// <summary>Takes the chip's supply away.</summary>
    public void PowerOff() => Apply(new BenchFault(BenchFaultKind.PowerOff));

    /// <summary>Gives the chip its supply back: it starts by a power-on reset.</summary>
    public void PowerOn() => Clear(new BenchFault(BenchFaultKind.PowerOff));

    /// <summary>The hold ended without a call: its limit passed or the chip was reset. Called under the bench's lock.</summary>
    internal void HoldEnded(string why)
    {
        if (_active.RemoveAll(f => f.Kind == BenchFaultKind.HoldFlash) > 0)
        {
            _bench.NoticeBoard.Add("fault", $"flash hold ended: {why}");
        }
    }

    private static bool IsSame(BenchFault one, BenchFault other) => one.Kind == other.Kind
        && string.Equals(one.Net, other.Net, StringComparison.OrdinalIgnoreCase)
        && string.Equals(one.Endpoint, other.Endpoint, StringComparison.OrdinalIgnoreCase);

    private void Make(BenchFault fault)
    {
        switch (fault.Kind)
        {
            case BenchFaultKind.UnplugProbe:
                _bench.UsbPort.Unplug();
                break;
            case BenchFaultKind.CutWire:
                _bench.SetConnected(NetOf(fault), fault.Endpoint, connected: false);
                break;
            case BenchFaultKind.HoldFlash when fault.HalfWord < 1 || fault.HoldLimit <= TimeSpan.Zero:
                throw new RequestException("FAULT_INVALID",
                    $"The flash cannot be held at half-word {fault.HalfWord} for {fault.HoldLimit.TotalSeconds} s. Half-words count from 1, and the limit is above 0 s.");
            case BenchFaultKind.HoldFlash:
                _bench.ArmHold(fault.HalfWord, fault.HoldLimit);
                break;
            default:
                _bench.SetPower(on: false);
                break;
        }
    }

    private void Mend(BenchFault fault)
    {
        switch (fault.Kind)
        {
            case BenchFaultKind.UnplugProbe:
                _bench.UsbPort.Plug();
                break;
            case BenchFaultKind.CutWire:
                _bench.SetConnected(NetOf(fault), fault.Endpoint, connected: true);
                break;
            case BenchFaultKind.HoldFlash:
                _bench.ReleaseHold();
                break;
            default:
                _bench.SetPower(on: true);
                break;
        }
    }

    private static string NetOf(BenchFault fault) => fault.Net
        ?? throw new RequestException("FAULT_INVALID", "No wire is named to be cut. Name a net of the bench, for example SDA.");
}
