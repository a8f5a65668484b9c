namespace FarmAgent.Robot.Results;

/// <summary>Outcome of a suite, a test or one step of a body.</summary>
public enum Status
{
    /// <summary>Started and not yet ended.</summary>
    NotSet,

    /// <summary>Passed.</summary>
    Pass,

    /// <summary>Failed.</summary>
    Fail,

    /// <summary>Skipped.</summary>
    Skip,

    /// <summary>Not executed: an earlier step failed or the branch was not taken.</summary>
    NotRun,
}

/// <summary>The words that results and console use for a <see cref="Status"/>.</summary>
public static class StatusExtensions
{
    /// <summary>The word in output.xml: <c>PASS</c>, <c>FAIL</c>, <c>SKIP</c> or <c>NOT RUN</c>.</summary>
    /// <param name="status">The status to name.</param>
    public static string ToText(this Status status) => status switch
    {
        Status.Pass => "PASS",
        Status.Fail => "FAIL",
        Status.Skip => "SKIP",
        Status.NotRun => "NOT RUN",
        _ => "NOT SET",
    };
}
