namespace FarmAgent.Benchmarks;

/// <summary>One measured figure beside its goal.</summary>
/// <param name="Name">What was measured, and over how many runs.</param>
/// <param name="Value">The figure, a median where several runs were made.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Goal">What was promised, in the same unit; smaller is better.</param>
internal sealed record Figure(string Name, double Value, string Unit, double Goal)
{
    /// <summary>Figure by goal: up to 1 is kept.</summary>
    public double Ratio => Value / Goal;
}
