namespace FarmAgent.Simulation.Mcu;

/// <summary>What the controller is busy with.</summary>
/// <param name="Area">Which cells.</param>
/// <param name="Start">First offset.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Value">The half-word to program; null for an erase.</param>
/// <param name="Duration">Picoseconds.</param>
internal sealed record FlashOperation(FlashArea Area, int Start, int Length, ushort? Value, long Duration);
