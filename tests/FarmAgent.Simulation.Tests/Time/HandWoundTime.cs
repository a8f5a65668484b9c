namespace FarmAgent.Simulation.Tests.Time;

/// <summary>Wall time that only a test moves.</summary>
internal sealed class HandWoundTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Wind(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
