namespace FarmAgent.Simulation.Time;

/// <summary>How a virtual bench's time relates to wall time.</summary>
public enum BenchClockMode
{
    /// <summary>Time is the modelled cost of what happens plus what is waited for; nothing else moves it. Deterministic.</summary>
    Lockstep,

    /// <summary>The bench runs to wall time in slices of at most 10 ms.</summary>
    Realtime,
}
