using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>Why a run was ended from outside.</summary>
internal enum RunStop
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>Its lease was over.</summary>
    LeaseLost,

    /// <summary>It took longer than it may.</summary>
    TimeLimit,

    /// <summary>The agent stops.</summary>
    AgentStopping,
}

/// <summary>What is known of a run at its end.</summary>
internal sealed record RunFacts
{
    /// <summary>Exit code of the engine, as Robot Framework defines it; null when it was killed or never ran.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it was ended from outside.</summary>
    public RunStop Stop { get; init; }

    /// <summary>What the agent saw go wrong.</summary>
    public IReadOnlyList<Wire.Diagnosis> Observed { get; init; } = [];

    /// <summary>Why no receipt says what was on the chip, at the start or at the end; null when one held all the time, or the board has no probe.</summary>
    public string? NotFlashed { get; init; }

    /// <summary>What kept the engine from running at all; null when it ran.</summary>
    public Wire.Diagnosis? NeverRan { get; init; }

    /// <summary>What the engine reported.</summary>
    public RunnerReport? Report { get; init; }
}

/// <summary>What a run proves: interrupted before anything else, then the bench, then the suite. A run without a receipt proves nothing.</summary>
internal static class RunJudge
{
    // Robot Framework user guide, section "Return codes".
    private const int MostFailures = 250;
    private const int HelpShown = 251;
    private const int BadData = 252;
    private const int StoppedByUser = 253;

    public static (Wire.Verdict Verdict, string Reason, string Summary) Judge(RunFacts facts)
    {
        if (facts.Stop != RunStop.None)
        {
            return Interrupted(facts.Stop);
        }

        if (facts.NeverRan is { } never)
        {
            return (Wire.Verdict.Error, never.Reason, $"No test was started. {never.Message}");
        }

        if (facts.Observed.FirstOrDefault(d => d.Verdict == Wire.Verdict.Error) is { } bench)
        {
            return (Wire.Verdict.Error, bench.Reason, $"The bench, not the firmware: {bench.Message}");
        }

        if (facts.ExitCode is HelpShown or BadData)
        {
            // Nobody's bench is at fault for that, and no firmware passed.
            return (Wire.Verdict.Fail, "SUITE_INVALID", "The suite or its options cannot be used; the engine's error output says what to correct.");
        }

        if (facts.ExitCode is null or < 0 or > MostFailures)
        {
            return facts.ExitCode == StoppedByUser
                ? Interrupted(RunStop.Cancelled)
                : (Wire.Verdict.Error, "RUNNER_FAILED", $"The engine ended with {facts.ExitCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "a signal"}, not with a result; its error output may say why.");
        }

        if (facts.NotFlashed is { } why)
        {
            return (Wire.Verdict.Error, "BOARD_NOT_FLASHED", $"No valid receipt says what was tested ({why}), so nothing is proven. Flash the image under test, then run again.");
        }

        return facts.ExitCode == 0
            ? (Wire.Verdict.Pass, "", SummaryOf(facts.Report, "every test passed"))
            : (Wire.Verdict.Fail, facts.Observed.Count > 0 ? facts.Observed[0].Reason : "TEST_FAILED", SummaryOf(facts.Report, $"{facts.ExitCode} tests failed"));
    }

    private static string SummaryOf(RunnerReport? report, string otherwise) => report is null
        ? otherwise
        : $"{report.Passed + report.Failed + report.Skipped} tests, {report.Passed} passed, {report.Failed} failed"
            + (report.Skipped > 0 ? $", {report.Skipped} skipped" : "");

    private static (Wire.Verdict, string, string) Interrupted(RunStop stop) => stop switch
    {
        RunStop.LeaseLost => (Wire.Verdict.Interrupted, "LEASE_LOST", "The lease was over before the run was; what was recorded until then is kept."),
        RunStop.TimeLimit => (Wire.Verdict.Interrupted, "RUN_TIMEOUT", "The run took longer than it may and was stopped; what was recorded until then is kept."),
        RunStop.AgentStopping => (Wire.Verdict.Interrupted, "AGENT_RESTARTED", "The agent was stopped during the run; what was recorded until then is kept."),
        _ => (Wire.Verdict.Interrupted, "CANCELLED", "The run was cancelled; what was recorded until then is kept."),
    };
}
