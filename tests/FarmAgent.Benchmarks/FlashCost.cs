namespace FarmAgent.Benchmarks;

/// <summary>What one flash took, from the first USB transfer to the last.</summary>
/// <param name="Tool">Who did it.</param>
/// <param name="Milliseconds">Time of the bench.</param>
/// <param name="Commands">Command blocks sent to the probe.</param>
/// <param name="Transfers">Bulk transfers.</param>
internal sealed record FlashCost(string Tool, double Milliseconds, long Commands, long Transfers);
