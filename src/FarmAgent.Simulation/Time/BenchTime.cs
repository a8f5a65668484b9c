namespace FarmAgent.Simulation.Time;

/// <summary>Durations of the bench in picoseconds, the unit of <see cref="IBenchTimeline"/>.</summary>
internal static class BenchTime
{
    public const long Nanosecond = 1_000;
    public const long Microsecond = 1_000_000;
    public const long Millisecond = 1_000_000_000;
    public const long Second = 1_000_000_000_000;

    private const long PerTick = 100 * Nanosecond;

    /// <summary>Picoseconds of a duration; what the unit cannot hold (over 106 days) becomes its largest value.</summary>
    public static long From(TimeSpan duration) =>
        duration.Ticks > long.MaxValue / PerTick ? long.MaxValue : Math.Max(duration.Ticks, 0) * PerTick;

    public static TimeSpan ToTimeSpan(long picoseconds) => new(picoseconds / PerTick);

    /// <summary>A time later by a duration, without overflow.</summary>
    public static long After(long start, long duration) =>
        duration > long.MaxValue - start ? long.MaxValue : start + duration;
}
