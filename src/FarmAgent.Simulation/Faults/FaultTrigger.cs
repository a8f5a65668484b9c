namespace FarmAgent.Simulation.Faults;

/// <summary>When a fault strikes, and for how long.</summary>
public sealed record FaultTrigger
{
    /// <summary>A <see cref="Count"/> without end.</summary>
    public const int Endless = int.MaxValue;

    /// <summary>At once, once.</summary>
    public static FaultTrigger Now { get; } = new();

    /// <summary>Which one it strikes first, counted from 1 over those that come after it was made (and after <see cref="After"/>).</summary>
    public int At { get; init; } = 1;

    /// <summary>
    /// What is counted. Faults of single transfers have theirs and take no other; a lasting fault that has one begins with it, and without one
    /// begins by time.
    /// </summary>
    public FaultStream Of { get; init; }

    /// <summary>Bench time before it begins, or before counting begins.</summary>
    public TimeSpan After { get; init; }

    /// <summary>How many in a row it strikes; lasting faults strike once.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Bench time after which a lasting fault goes away by itself; null when it stays until it is cleared.</summary>
    public TimeSpan? For { get; init; }
}
