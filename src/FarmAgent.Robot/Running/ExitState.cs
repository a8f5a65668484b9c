namespace FarmAgent.Robot.Running;

/// <summary>Whether the run ends before its last test, and why.</summary>
internal sealed class ExitState(bool onFailure, bool onError, bool skipTeardowns)
{
    public bool Failure { get; private set; }

    public bool Error { get; private set; }

    public bool Fatal { get; private set; }

    public bool IsSet => Failure || Error || Fatal;

    public bool TeardownAllowed => !(skipTeardowns && IsSet);

    public void FailureOccurred(bool fatal = false, bool suiteSetup = false)
    {
        Fatal |= fatal;
        Failure |= onFailure && !suiteSetup;
    }

    public void ErrorOccurred() => Error |= onError;
}
