using FarmAgent.TestKit.Time;
using FarmAgent.TestKit.Usb;

namespace FarmAgent.Probes.Tests.StLink;

/// <summary>A driver on a scripted probe with firmware V2J37S7 that was idle; what follows is up to the test.</summary>
internal sealed class ScriptedProbe
{
    public ScriptedProbe() => Pipe.Expect("F5", "01 00").Expect("F1", "29 47 83 04 48 37");

    public ScriptedUsbPipe Pipe { get; } = new();

    public SteppedWaiter Waiter { get; } = new();

    public IDebugProbe Open() => ProbeCatalog.Open(new FixedUsbEnumerator(_ => Pipe, Pipe.Device), ProbeSelector.Any, Waiter);
}
