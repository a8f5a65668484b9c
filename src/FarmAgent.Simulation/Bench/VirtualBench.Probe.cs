namespace FarmAgent.Simulation.Bench;

/// <summary>The probe and its wires to the chip.</summary>
public sealed partial class VirtualBench
{
    private TargetPins? _pins;

    private void ComposeProbe()
    {
        var nrst = Harness.Find(ChipPin.Nrst).Add("probe:NRST");
        var io = Harness.Add("SWDIO");
        var clock = Harness.Add("SWCLK");
        _pins = new TargetPins(Chip, Description.Target.SupplyVolts, nrst,
            [io.Add("probe:SWDIO"), io.Add(ChipEnd + "SWDIO"), clock.Add("probe:SWCLK"), clock.Add(ChipEnd + "SWCLK")]);
    }
}
