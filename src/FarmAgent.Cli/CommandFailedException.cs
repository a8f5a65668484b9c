namespace FarmAgent.Cli;

/// <summary>The calls went well, but what they found is not what the command promises; the exit code says whose fault that is.</summary>
/// <param name="reason">Stable name in capitals.</param>
/// <param name="message">What happened, what was found, what to do next.</param>
/// <param name="exitCode">How the command ends.</param>
internal sealed class CommandFailedException(string reason, string message, int exitCode) : Exception(message)
{
    public string Reason { get; } = reason;

    public int ExitCode { get; } = exitCode;
}
