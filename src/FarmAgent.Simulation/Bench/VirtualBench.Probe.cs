using FarmAgent.Simulation.Dap;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.StLink;

namespace FarmAgent.Simulation.Bench;

/// <summary>The probe, its wires to the chip and its USB socket.</summary>
public sealed partial class VirtualBench
{
    private SimulatedDap _dap = null!;

    internal VirtualUsbPort UsbPort { get; private set; } = null!;

    private void ComposeProbe()
    {
        // A pin that hangs free drives a wire with no other end.
        var nrst = (Description.Probe.NrstWired ? Harness.Find(ChipPin.Nrst) : new Gpio.Wire("probe NRST", NoticeBoard)).Add("probe:NRST");
        var io = Harness.Add("SWDIO");
        var clock = Harness.Add("SWCLK");
        var pins = new TargetPins(() => Chip, () => Description.Probe.SupplySensed ? SupplyVolts : 0, nrst,
            [io.Add("probe:SWDIO"), io.Add(ChipEnd + "SWDIO"), clock.Add("probe:SWCLK"), clock.Add(ChipEnd + "SWCLK")]);
        _dap = new SimulatedDap(Chip.Bus, pins, Chip.Identity.DebugPort) { Disturbance = new SwdFaults(Faults) };
        _dap.Stalls = address => Chip.Flash.Stalls(address);
        UsbPort = new VirtualUsbPort(new SimulatedStLink(StLinkOptions.Of(Description.Probe), _dap, pins, Clock), Clock, new UsbFaults(Faults), Trace);
    }
}
