namespace FarmAgent.Robot.Running;

/// <summary>Takes warnings and errors that belong to the run, not to a keyword.</summary>
internal interface IRunLog
{
    void Warn(string text);

    void Error(string text);
}
