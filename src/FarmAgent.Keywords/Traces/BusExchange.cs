namespace FarmAgent.Keywords.Traces;

/// <summary>One exchange with the bench, or several equal ones in a row.</summary>
/// <param name="First">When the first was over.</param>
/// <param name="Last">When the last was over.</param>
/// <param name="Line">What it went over.</param>
/// <param name="What">What was sent and received.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Count">How many there were.</param>
internal sealed record BusExchange(DateTimeOffset First, DateTimeOffset Last, string Line, string What, string Outcome, int Count);
