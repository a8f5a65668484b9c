namespace FarmAgent.Cli;

/// <summary>The command line cannot be served as it is: exit code 2. The message says what to write instead.</summary>
/// <param name="reason">Stable name in capitals.</param>
/// <param name="message">What happened, what was found, what to do next.</param>
internal sealed class UsageException(string reason, string message) : Exception(message)
{
    public string Reason { get; } = reason;
}
