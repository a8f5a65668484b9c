using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// How long the flash controller of a part is busy, in picoseconds (DS5319 table 28, whole temperature range). The datasheet gives a least
/// and a greatest erase time and no typical one: typical silicon erases in the least here, as published comparisons of tools assume.
/// </summary>
/// <param name="Program">One half-word.</param>
/// <param name="PageErase">One page, or the option bytes.</param>
/// <param name="MassErase">The whole main memory.</param>
internal sealed record FlashTiming(long Program, long PageErase, long MassErase)
{
    /// <summary>The fastest part that the datasheet allows.</summary>
    public static FlashTiming Minimum { get; } = new(40 * BenchTime.Microsecond, 20 * BenchTime.Millisecond, 20 * BenchTime.Millisecond);

    /// <summary>A part as most are.</summary>
    public static FlashTiming Typical { get; } = new(52_500 * BenchTime.Nanosecond, 20 * BenchTime.Millisecond, 20 * BenchTime.Millisecond);

    /// <summary>The slowest part that the datasheet allows.</summary>
    public static FlashTiming Maximum { get; } = new(70 * BenchTime.Microsecond, 40 * BenchTime.Millisecond, 40 * BenchTime.Millisecond);

    /// <summary>The times that a bench has chosen.</summary>
    public static FlashTiming Of(BenchSilicon silicon) => silicon switch
    {
        BenchSilicon.Minimum => Minimum,
        BenchSilicon.Maximum => Maximum,
        _ => Typical,
    };
}
