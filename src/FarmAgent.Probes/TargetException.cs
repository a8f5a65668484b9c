using FarmAgent.Hardware;

namespace FarmAgent.Probes;

/// <summary>The probe works, but the chip behind it does not answer as it should.</summary>
/// <param name="reason">Stable name in capitals, for example <c>TARGET_NOT_CONNECTED</c>.</param>
/// <param name="message">What happened, what was found, what to do next.</param>
/// <param name="inner">The cause, if another layer reported it.</param>
public class TargetException(string reason, string message, Exception? inner = null) : FarmException(reason, message, inner);
