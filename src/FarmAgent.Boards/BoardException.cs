using FarmAgent.Hardware;

namespace FarmAgent.Boards;

/// <summary>A board cannot do what was asked at this moment: its lease was lost, a device of it is busy, hung or missing.</summary>
/// <param name="reason">Stable name in capitals, for example <c>LEASE_LOST</c>.</param>
/// <param name="message">What happened, what was found, what to do next.</param>
/// <param name="inner">The cause, if another layer reported it.</param>
public class BoardException(string reason, string message, Exception? inner = null) : FarmException(reason, message, inner);
