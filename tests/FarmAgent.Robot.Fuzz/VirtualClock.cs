using FarmAgent.Robot.Running;

namespace FarmAgent.Robot.Fuzz;

/// <summary>Time that passes when somebody sleeps, and a little at every look at it.</summary>
internal sealed class VirtualClock : IRobotClock
{
    private static readonly DateTimeOffset Start = new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);

    private TimeSpan _elapsed;

    public DateTimeOffset Now => _elapsed.TotalDays < 1e6 ? Start + Tick() : Start;

    public TimeSpan Monotonic => Tick();

    public void Sleep(TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _elapsed += duration < TimeSpan.FromDays(1) ? duration : TimeSpan.FromDays(1);
    }

    private TimeSpan Tick() => _elapsed += TimeSpan.FromMicroseconds(10);
}
