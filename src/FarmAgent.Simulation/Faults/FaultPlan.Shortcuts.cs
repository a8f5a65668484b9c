using FarmAgent.Hardware;

namespace FarmAgent.Simulation.Faults;

/// <summary>The faults that are made most, by a name of their own.</summary>
public sealed partial class FaultPlan
{
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
    public void HoldFlash(int halfWord, TimeSpan? limit = null) => Apply(new BenchFault(BenchFaultKind.HoldFlash)
    {
        Trigger = new FaultTrigger { At = halfWord },
        HoldLimit = limit ?? BenchFault.DefaultHoldLimit,
    });

    /// <summary>Lets a held flash go on, and disarms a hold that was not reached yet.</summary>
    public void ReleaseFlash() => Clear(new BenchFault(BenchFaultKind.HoldFlash));

    /// <summary>Takes the chip's supply away.</summary>
    public void PowerOff() => Apply(new BenchFault(BenchFaultKind.PowerOff));

    /// <summary>Gives the chip its supply back: it starts by a power-on reset.</summary>
    public void PowerOn() => Clear(new BenchFault(BenchFaultKind.PowerOff));
}
