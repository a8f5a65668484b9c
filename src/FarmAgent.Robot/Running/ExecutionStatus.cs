using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Running;

/// <summary>What went wrong in a suite or test, and what its status and message are because of it.</summary>
/// <param name="parent">Status of the suite above.</param>
/// <param name="exit">State of the whole run.</param>
internal abstract class ExecutionStatus(SuiteStatus? parent, ExitState exit)
{
    private bool _setupReached;

    public SuiteStatus? Parent { get; } = parent;

    public ExitState Exit { get; } = exit;

    public string? SetupFailure { get; private set; }

    public string? SetupSkipped { get; private set; }

    public string? TestFailure { get; protected set; }

    public string? TestSkip { get; protected set; }

    public string? TeardownFailure { get; private set; }

    public string? TeardownSkipped { get; private set; }

    public bool Skipped { get; set; }

    public bool HasFailure => SetupFailure is not null || SetupSkipped is not null || TestFailure is not null || TestSkip is not null
        || TeardownFailure is not null || TeardownSkipped is not null;

    public bool Failed => Parent is { Failed: true } || HasFailure || Exit.IsSet;

    public bool Passed => !Failed;

    public bool TeardownAllowed => Exit.TeardownAllowed && _setupReached;

    public Status Status => Skipped || Parent is { Skipped: true } ? Status.Skip : Failed ? Status.Fail : Status.Pass;

    public string Message => HasFailure || Exit.IsSet ? OwnMessage() : Parent is { Passed: false } ? StatusMessages.OfParent(Parent) : "";

    protected virtual bool SkipsOnFailure => false;

    public void SetupExecuted(Failure? failure)
    {
        if (failure is not null)
        {
            if (failure.Skip)
            {
                (SetupSkipped, Skipped) = (failure.Message, true);
            }
            else if (SkipsOnFailure)
            {
                (TestFailure, Skipped) = (SkipMessage($"Setup failed:\n{failure.Message}"), true);
            }
            else
            {
                SetupFailure = failure.Message;
                Exit.FailureOccurred(failure.Exit, this is SuiteStatus);
            }
        }

        _setupReached = true;
    }

    public void TeardownExecuted(Failure? failure)
    {
        if (failure is null)
        {
            return;
        }

        if (failure.Skip)
        {
            (TeardownSkipped, Skipped) = (failure.Message, true);
        }
        else if (SkipsOnFailure)
        {
            (TestFailure, Skipped) = (SkipMessage($"Teardown failed:\n{failure.Message}"), true);
        }
        else
        {
            TeardownFailure = failure.Message;
            Exit.FailureOccurred(failure.Exit);
        }
    }

    protected abstract string OwnMessage();

    protected virtual string SkipMessage(string failure) => failure;
}

/// <summary>Status of a suite.</summary>
internal sealed class SuiteStatus(SuiteStatus? parent, ExitState exit) : ExecutionStatus(parent, exit)
{
    protected override string OwnMessage() => StatusMessages.OfSuite(this);
}
