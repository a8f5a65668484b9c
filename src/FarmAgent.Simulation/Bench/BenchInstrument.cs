namespace FarmAgent.Simulation.Bench;

/// <summary>A chip on an I2C bus that behaves as its data sheet says, instead of holding fixed registers.</summary>
public abstract record BenchInstrument;

/// <summary>An INA219 in the supply of the chip under test.</summary>
/// <param name="BusVolts">Voltage of the load; null follows the supply of the chip under test, which is 0 V while its power is off.</param>
/// <param name="ShuntMillivolts">Voltage across the shunt: the load's current in ampere times its resistance.</param>
public sealed record BenchIna219(double? BusVolts, double ShuntMillivolts) : BenchInstrument;

/// <summary>An MCP23017 with lines on nets.</summary>
/// <param name="Pins">Net by pin, <c>GPA0</c> to <c>GPB7</c>; pins that are not named go nowhere.</param>
public sealed record BenchMcp23017(IReadOnlyDictionary<string, string> Pins) : BenchInstrument;
