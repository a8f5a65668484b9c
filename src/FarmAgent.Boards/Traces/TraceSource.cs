namespace FarmAgent.Boards.Traces;

/// <summary>One wire or device whose traffic is recorded.</summary>
/// <param name="Number">Place in the recorder's list.</param>
/// <param name="Channel">Kind of wire.</param>
/// <param name="Name">Name on the board.</param>
public sealed record TraceSource(byte Number, TraceChannel Channel, string Name);
