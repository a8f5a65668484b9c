namespace FarmAgent.Simulation.Time;

/// <summary>The processor whose cycles make time pass between events.</summary>
internal interface IClockedCore
{
    /// <summary>The bench's time as the core has reached it, exact within a cycle also while it runs.</summary>
    long Now { get; }

    /// <summary>
    /// Runs to a time; may end some cycles late (an instruction is not divided), or early after <see cref="RequestStop"/>. A core that
    /// sleeps, is halted, held in reset or unpowered lets the time pass at once.
    /// </summary>
    /// <param name="until">Absolute time in picoseconds.</param>
    void RunUntil(long until);

    /// <summary>Asks a running core to end after the present instruction, because an event is now due earlier.</summary>
    void RequestStop();
}
