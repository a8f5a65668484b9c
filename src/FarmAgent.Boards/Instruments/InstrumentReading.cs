using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Instruments;

/// <summary>One measured quantity.</summary>
/// <param name="Quantity">Its name, for example <c>current</c>.</param>
/// <param name="Value">Its value in <paramref name="Unit"/>.</param>
/// <param name="Unit">Symbol of the unit, for example <c>A</c>; empty for a number without one.</param>
public sealed record InstrumentReading(string Quantity, double Value, string Unit);

/// <summary>What reading an instrument gave: its quantities, or the transfer that failed.</summary>
/// <param name="Readings">In the order of the chip's data sheet; empty when a transfer failed.</param>
/// <param name="Failure">The transfer that failed; null when none did.</param>
public sealed record InstrumentOutcome(IReadOnlyList<InstrumentReading> Readings, I2cTransferResult? Failure);
