namespace FarmAgent.Probes.Sessions;

/// <summary>How a session begins.</summary>
public sealed record DebugSessionOptions
{
    /// <summary>Highest SWD clock in kHz; the connect ladder goes lower by itself.</summary>
    public int SwdKilohertz { get; init; } = 4000;

    /// <summary>True lets the ladder reset the target when it does not answer otherwise; false never disturbs a running firmware.</summary>
    public bool AllowReset { get; init; } = true;

    /// <summary>True connects under reset at once, for firmware that must not run a single instruction.</summary>
    public bool UnderReset { get; init; }

    /// <summary>Supply of the target below which a warning is given, and blamed when nothing answers.</summary>
    public double MinimumVolts { get; init; } = 1.8;

    /// <summary>What the core does when the session ends.</summary>
    public SessionEnd End { get; init; } = SessionEnd.AsFound;
}

/// <summary>What the core does when a session ends.</summary>
public enum SessionEnd
{
    /// <summary>Runs if it ran when the session began, else stays halted.</summary>
    AsFound,

    /// <summary>Runs, without a debugger.</summary>
    Running,

    /// <summary>Stays halted.</summary>
    Halted,
}
