namespace FarmAgent.Boards.Diagnosing;

/// <summary>Whose fault a failed exchange is.</summary>
public enum Verdict
{
    /// <summary>The firmware, or its wiring.</summary>
    Fail,

    /// <summary>The bench: probe, adapter, supply, an unflashed board.</summary>
    Error,
}

/// <summary>One observed fact.</summary>
/// <param name="Subject">What was looked at: <c>transfer</c>, <c>bus</c>, <c>probe</c>, <c>supply</c>, <c>flashed</c>, <c>core</c>.</param>
/// <param name="Finding">What was seen, for a person.</param>
public sealed record Evidence(string Subject, string Finding);

/// <summary>Whose fault a failed exchange with the device under test is, with the facts that say so.</summary>
/// <param name="Verdict">Firmware or bench.</param>
/// <param name="Reason">Stable name in capitals.</param>
/// <param name="Message">What happened, what was found, what to do next.</param>
/// <param name="Evidence">The facts, in the order in which they were looked at.</param>
public sealed record Diagnosis(Verdict Verdict, string Reason, string Message, IReadOnlyList<Evidence> Evidence);
