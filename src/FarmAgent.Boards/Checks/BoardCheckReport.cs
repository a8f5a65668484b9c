namespace FarmAgent.Boards.Checks;

/// <summary>How a step of a board's check went.</summary>
public enum CheckOutcome
{
    /// <summary>In order.</summary>
    Passed,

    /// <summary>The bench is at fault.</summary>
    Failed,

    /// <summary>Could not be looked at; the text says why.</summary>
    Skipped,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What: <c>supply</c>, <c>NRST</c>, <c>PG11 to PA0</c>, <c>i2c0 SDA to PB7</c>.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Reason">Stable reason in capitals where it failed; else empty.</param>
/// <param name="Text">What was found and, where it failed, what to do.</param>
public sealed record CheckStep(string Subject, CheckOutcome Outcome, string Reason, string Text);

/// <summary>What a check of a board found.</summary>
/// <param name="Board">Name of the board.</param>
/// <param name="Time">Wall time at its end.</param>
/// <param name="Steps">What was looked at, in order.</param>
public sealed record BoardCheckReport(string Board, DateTimeOffset Time, IReadOnlyList<CheckStep> Steps)
{
    /// <summary>What is broken.</summary>
    public IEnumerable<CheckStep> Culprits => Steps.Where(s => s.Outcome == CheckOutcome.Failed);

    /// <summary>True when nothing that could be looked at is broken.</summary>
    public bool IsPassed => !Culprits.Any();
}
