namespace FarmAgent.Simulation.Time;

/// <summary>
/// The bench's time as its models see it: picoseconds since power-up, so that a 72 MHz cycle and a second both count exactly enough
/// (a long holds 106 days).
/// </summary>
internal interface IBenchTimeline
{
    /// <summary>Now, in picoseconds.</summary>
    long Now { get; }

    /// <summary>
    /// Says that what was just modelled (a USB transfer, SWD clocks, an I2C byte) took this long. In lockstep the whole bench runs on by that
    /// time before the call returns; in realtime the bench catches up with wall time instead.
    /// </summary>
    /// <param name="duration">Cost in picoseconds.</param>
    void Spend(long duration);

    /// <summary>Calls back at a point of bench time; several due at the same time run in the order they were asked for.</summary>
    /// <param name="at">Absolute time in picoseconds; a past time means as soon as possible.</param>
    /// <param name="action">What to do; runs under the bench's lock.</param>
    /// <returns>A handle whose disposal cancels the call.</returns>
    IDisposable Schedule(long at, Action action);
}
