namespace FarmAgent.Robot.Results;

/// <summary>What happened in one keyword call or control structure.</summary>
public abstract class StepResult
{
    /// <summary>Outcome.</summary>
    public Status Status { get; set; }

    /// <summary>Why it failed or was skipped; empty otherwise.</summary>
    public string Message { get; set; } = "";

    /// <summary>Local time of its start.</summary>
    public DateTimeOffset StartTime { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Calls the method of the listener that fits this kind of step, at its start.</summary>
    /// <param name="listener">The listener to call.</param>
    public abstract void NotifyStart(IRobotListener listener);

    /// <summary>Calls the method of the listener that fits this kind of step, at its end.</summary>
    /// <param name="listener">The listener to call.</param>
    public abstract void NotifyEnd(IRobotListener listener);
}
