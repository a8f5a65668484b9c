namespace FarmAgent.Robot.Running;

/// <summary>The wall clock of the machine.</summary>
/// <param name="time">Source of time.</param>
public sealed class SystemRobotClock(TimeProvider time) : IRobotClock
{
    private readonly long _start = time.GetTimestamp();

    /// <inheritdoc/>
    public DateTimeOffset Now => time.GetLocalNow();

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
