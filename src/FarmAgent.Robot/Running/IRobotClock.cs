namespace FarmAgent.Robot.Running;

/// <summary>Time as a run sees it. A virtual bench gives its own, so that <c>Sleep</c> advances the bench instead of waiting.</summary>
public interface IRobotClock
{
    /// <summary>Local time now.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Time since some fixed point, never going back; timeouts are measured by it.</summary>
    TimeSpan Monotonic { get; }

    /// <summary>Waits.</summary>
    /// <param name="duration">How long, more than zero.</param>
    /// <param name="cancellationToken">Ends the wait early, by <see cref="OperationCanceledException"/>.</param>
    void Sleep(TimeSpan duration, CancellationToken cancellationToken);
}
