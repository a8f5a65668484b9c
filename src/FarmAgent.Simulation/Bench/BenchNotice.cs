namespace FarmAgent.Simulation.Bench;

/// <summary>Something that the twin wants a person to know: a fault it made, a conflict on a wire, an access that is not modelled.</summary>
/// <param name="At">Bench time of the first occurrence.</param>
/// <param name="Source">What it is about, for example <c>wire PA0</c> or <c>unmodelled</c>.</param>
/// <param name="Text">What happened, in one sentence.</param>
/// <param name="Count">How often the same was noticed, at least 1.</param>
public sealed record BenchNotice(TimeSpan At, string Source, string Text, int Count);
