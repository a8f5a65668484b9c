namespace FarmAgent.Robot.Running;

/// <summary>The wish to end the run early. What runs ends at once; teardowns still get some time, so that a bench is left as they leave it.</summary>
internal sealed class StopRequest : IDisposable
{
    /// <summary>How long teardowns may go on after the run was asked to end.</summary>
    public static readonly TimeSpan TeardownTime = TimeSpan.FromSeconds(10);

    private readonly CancellationToken _requested;
    private readonly CancellationTokenSource _teardownsOver = new();
    private readonly CancellationTokenRegistration _registration;

    /// <summary>Follows a token.</summary>
    /// <param name="teardownTime">How long teardowns may go on after that.</param>
    /// <param name="requested">Cancelled when the run shall end.</param>
    public StopRequest(TimeSpan teardownTime, CancellationToken requested)
    {
        _requested = requested;
        _registration = requested.Register(() => _teardownsOver.CancelAfter(teardownTime));
    }

    /// <summary>What ends the waits of a keyword.</summary>
    /// <param name="inTeardown">Whether the keyword is a teardown or part of one.</param>
    public CancellationToken TokenFor(bool inTeardown) => inTeardown ? _teardownsOver.Token : _requested;

    /// <summary>Whether what is about to start must not, because the run shall end.</summary>
    /// <param name="inTeardown">Whether it is a teardown or part of one.</param>
    public bool Forbids(bool inTeardown) => TokenFor(inTeardown).IsCancellationRequested;

    public void Dispose()
    {
        _registration.Dispose();
        _teardownsOver.Dispose();
    }
}
