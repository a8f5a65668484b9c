using FarmAgent.Simulation.Dap;
using FarmAgent.Simulation.StLink;

namespace FarmAgent.Simulation.Bench;

/// <summary>The probe, its wires to the chip and its USB socket.</summary>
public sealed partial class VirtualBench
{
    private SimulatedDap _dap = null!;

    internal VirtualUsbPort UsbPort { get; private set; } = null!;

    private void ComposeProbe()
    {
        var nrst = Harness.Find(ChipPin.Nrst).Add("probe:NRST");
        var io = Harness.Add("SWDIO");
        var clock = Harness.Add("SWCLK");
        var pins = new TargetPins(Chip, Description.Target.SupplyVolts, nrst,
            [io.Add("probe:SWDIO"), io.Add(ChipEnd + "SWDIO"), clock.Add("probe:SWCLK"), clock.Add(ChipEnd + "SWCLK")]);
        _dap = new SimulatedDap(Chip.Bus, pins);
        var options = new StLinkOptions { Serial = Description.Probe.Serial, PortPath = Description.Probe.PortPath };
        UsbPort = new VirtualUsbPort(new SimulatedStLink(options, _dap, pins, Clock), Clock);
    }
}
