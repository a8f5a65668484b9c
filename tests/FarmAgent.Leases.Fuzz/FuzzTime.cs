using FarmAgent.Boards.Leases;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Leases.Fuzz;

/// <summary>The clocks of one process of the agent: timers that end with it, a wall clock that may be set, a boot clock that also counts sleep.</summary>
internal sealed class FuzzTime(FakeTime time, FuzzClocks clocks) : TimeProvider, IBootClock
{
    public bool IsAlive { get; set; } = true;

    public string BootId { get; } = clocks.BootId;

    public TimeSpan Now => time.Elapsed + clocks.Slept - clocks.BootedAt;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + clocks.WallOffset;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(
        s =>
        {
            if (IsAlive)
            {
                callback(s);
            }
        },
        state,
        dueTime,
        period);
}

/// <summary>What the clocks of the host say beside the passing of time.</summary>
internal sealed class FuzzClocks
{
    public string BootId { get; set; } = "boot-0";

    public TimeSpan BootedAt { get; set; }

    public TimeSpan Slept { get; set; }

    public TimeSpan WallOffset { get; set; }
}
