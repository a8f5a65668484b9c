namespace FarmAgent.Benchmarks;

/// <summary>One measured figure beside its goal.</summary>
/// <param name="Name">What was measured, and over how many runs.</param>
/// <param name="Value">The figure, a median where several runs were made.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Goal">What was promised, in the same unit.</param>
internal sealed record Figure(string Name, double Value, string Unit, double Goal)
{
    /// <summary>A rate: the goal is the least that is good enough, not the most.</summary>
    public bool LargerIsBetter { get; init; }

    /// <summary>What else does the same work, measured in the same run; null without one.</summary>
    public string? Peer { get; init; }

    /// <summary>The peer's figure in the same unit.</summary>
    public double? PeerValue { get; init; }

    /// <summary>The least that physics allows, in the same unit; null where nobody has computed it.</summary>
    public double? Bound { get; init; }

    /// <summary>Up to 1 the goal is kept, whichever direction is the better one.</summary>
    public double Ratio => LargerIsBetter ? Goal / Value : Value / Goal;
}
