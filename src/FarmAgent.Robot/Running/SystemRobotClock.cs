namespace FarmAgent.Robot.Running;

/// <summary>The wall clock of the machine.</summary>
/// <param name="time">Source of time.</param>
public sealed class SystemRobotClock(TimeProvider time) : IRobotClock
{
    // Offsets of time zones change at full quarters of an hour at the earliest.
    private const long TicksOfOffset = 15 * TimeSpan.TicksPerMinute;

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _offset;
    private long _offsetUntil;

    /// <inheritdoc/>
    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow();
            if (now.Ticks >= _offsetUntil || now.Ticks < _offsetUntil - TicksOfOffset)
            {
                _offset = time.LocalTimeZone.GetUtcOffset(now);
                _offsetUntil = ((now.Ticks / TicksOfOffset) + 1) * TicksOfOffset;
            }

            return now.ToOffset(_offset);
        }
    }

    /// <inheritdoc/>
    public TimeSpan Monotonic => time.GetElapsedTime(_start);

    /// <inheritdoc/>
    public void Sleep(TimeSpan duration, CancellationToken cancellationToken)
    {
        var longest = TimeSpan.FromMilliseconds(int.MaxValue - 1);
        cancellationToken.WaitHandle.WaitOne(duration < longest ? duration : longest);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
