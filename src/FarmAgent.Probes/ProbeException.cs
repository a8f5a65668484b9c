using FarmAgent.Hardware;

namespace FarmAgent.Probes;

/// <summary>The debug probe or its USB link failed: the bench, not the firmware under test.</summary>
/// <param name="reason">Stable name in capitals, for example <c>PROBE_DISCONNECTED</c>.</param>
/// <param name="message">What happened, what was found, what to do next.</param>
/// <param name="inner">The cause, if another layer reported it.</param>
public class ProbeException(string reason, string message, Exception? inner = null) : FarmException(reason, message, inner);
