namespace FarmAgent.Api.Connections;

/// <summary>No agent answers at the address. The message says what was tried, what the system answered and what to do next.</summary>
/// <param name="address">Address that was tried.</param>
/// <param name="message">What was tried, what was found, what to do next.</param>
/// <param name="inner">The system's own error.</param>
public sealed class AgentUnreachableException(AgentAddress address, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Stable reason, as in the API.</summary>
    public const string Reason = "AGENT_UNREACHABLE";

    /// <summary>Address that was tried.</summary>
    public AgentAddress Address { get; } = address;
}
