using FarmAgent.Hardware;

namespace FarmAgent.Agent;

/// <summary>The agent itself cannot start or go on: configuration, state directory, socket.</summary>
/// <param name="reason">Stable name in capitals, for example <c>CONFIG_INVALID</c>.</param>
/// <param name="message">What happened, what was found, what to do next.</param>
/// <param name="inner">The cause, if another layer reported it.</param>
public sealed class AgentException(string reason, string message, Exception? inner = null) : FarmException(reason, message, inner);
