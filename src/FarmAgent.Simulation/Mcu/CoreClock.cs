using FarmAgent.Simulation.Cpu;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Relates the core's cycles to the bench's picoseconds, exactly also where a cycle is no whole number of them.</summary>
internal sealed class CoreClock : IClockedCore
{
    private readonly CortexM3Cpu _cpu;
    private readonly ClockTree _clocks;
    private long _baseTime;
    private long _baseCycles;

    // A cycle is _numerator / _denominator picoseconds.
    private long _numerator;
    private long _denominator;

    public CoreClock(CortexM3Cpu cpu, ClockTree clocks)
    {
        _cpu = cpu;
        _clocks = clocks;
        clocks.Changing += Rebase;
        clocks.Changed += TakeFrequency;
        TakeFrequency();
    }

    /// <inheritdoc/>
    public long Now => _baseTime + ((_cpu.CycleCount - _baseCycles) * _numerator / _denominator);

    /// <summary>Counts on from a time of the bench, whatever passed while the core was not part of it.</summary>
    public void StartAt(long time)
    {
        _baseTime = time;
        _baseCycles = _cpu.CycleCount;
    }

    /// <inheritdoc/>
    public void RunUntil(long until)
    {
        // A whole number of denominators can leave the quotient without rounding, which keeps the products small on long runs.
        var whole = (_cpu.CycleCount - _baseCycles) / _denominator;
        _baseCycles += whole * _denominator;
        _baseTime += whole * _numerator;

        var distance = Math.Min(until - _baseTime, BenchTime.Second);
        var cycles = ((distance * _denominator) + _numerator - 1) / _numerator;
        _cpu.Run(Math.Max(1, _baseCycles + cycles - _cpu.CycleCount));
    }

    /// <inheritdoc/>
    public void RequestStop() => _cpu.RequestStop();

    private void Rebase()
    {
        _baseTime = Now;
        _baseCycles = _cpu.CycleCount;
    }

    private void TakeFrequency()
    {
        var common = GreatestCommonDivisor(BenchTime.Second, _clocks.Hclk);
        _numerator = BenchTime.Second / common;
        _denominator = _clocks.Hclk / common;
        _cpu.RequestStop();
    }

    private static long GreatestCommonDivisor(long one, long other) => other == 0 ? one : GreatestCommonDivisor(other, one % other);
}
