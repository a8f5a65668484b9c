using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.I2c;
using FarmAgent.Simulation.Instruments;

namespace FarmAgent.Simulation.Bench;

/// <summary>The bench's instruments on its I2C buses.</summary>
public sealed partial class VirtualBench
{
    private II2cTarget ModelOf(BenchI2cTarget target) => target.Instrument switch
    {
        BenchIna219 ina => new Ina219Target(target.Address, () => new Ina219Inputs(ina.BusVolts ?? SupplyVolts, ina.ShuntMillivolts / 1000)),
        BenchMcp23017 mcp => new Mcp23017Target(target.Address, [.. PinsOf(target.Name, mcp)]),
        _ => new RegisterI2cTarget(target.Address, [.. target.Registers], target.Writable),
    };

    private IEnumerable<WireEndpoint?> PinsOf(string name, BenchMcp23017 mcp) =>
        from port in "AB"
        from bit in Enumerable.Range(0, 8)
        let pin = $"GP{port}{bit}"
        select mcp.Pins.TryGetValue(pin, out var net) ? NetOf(net, $"pin {pin} of {name}").Add($"{name}:{pin}") : null;
}
