using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// What a run proved, and about whom. Passing tests alone prove nothing: without a receipt nobody knows what they ran on, and one fault of
/// the bench makes the whole run worthless. Pure.
/// </summary>
internal static class RunVerdict
{
    // Exit codes of Robot Framework: 1 to 249 failed tests, 250 for more, 252 bad data or options, 253 stopped by its user.
    private const int MostFailedTests = 250;
    private const int BadData = 252;
    private const int StoppedByUser = 253;

    /// <summary>Decides.</summary>
    /// <param name="facts">What it rests on.</param>
    public static RunConclusion Decide(RunFacts facts) =>
        FromLostGround(facts) ?? FromBench(facts) ?? FromStop(facts) ?? FromRunner(facts) ?? FromReceipt(facts) ?? FromTests(facts);

    // Neither lease nor agent: what came after that is not worth judging.
    private static RunConclusion? FromLostGround(RunFacts facts) => facts.Stop switch
    {
        RunStop.LeaseLost => Interrupted("LEASE_LOST", "The lease ended while the suite ran, so it was stopped. Renew the lease in time, or ask for a longer one."),
        RunStop.AgentRestarted => Interrupted("AGENT_RESTARTED", "The agent ended while the suite ran and was started again. Start the run again."),
        RunStop.AgentStopping => Interrupted("AGENT_STOPPING", "The agent was stopped while the suite ran. Start the run again when it is back."),
        _ => null,
    };

    private static RunConclusion? FromBench(RunFacts facts)
    {
        if (facts.Diagnoses.FirstOrDefault(d => d.Verdict == Wire.Verdict.Error) is { } fault)
        {
            return Error(fault.Reason, fault.Message);
        }

        return facts.Problem is { } problem ? Error(problem.Reason, problem.Message) : null;
    }

    private static RunConclusion? FromStop(RunFacts facts) => facts.Stop switch
    {
        RunStop.Cancelled => Interrupted("RUN_CANCELLED", "The run was cancelled."),
        RunStop.TimeLimit => Interrupted("RUN_TIMEOUT", "The run took longer than a run may take and was stopped. Find what hangs, or raise runner.time_limit in agent.yaml."),
        _ => null,
    };

    private static RunConclusion? FromRunner(RunFacts facts) => facts.ExitCode switch
    {
        null => RunnerFailed("The runner was killed before the suite had ended"),
        BadData => new RunConclusion(
            Wire.Verdict.Fail, "SUITE_INVALID", "The suite or its options could not be used, so no test was run. The console says where and why."),
        StoppedByUser => Interrupted("RUN_CANCELLED", "The runner was told to stop by somebody else than the agent."),
        < 0 or > MostFailedTests => RunnerFailed($"The runner ended with exit code {facts.ExitCode}"),
        _ when facts.Results is null => RunnerFailed($"The runner ended with exit code {facts.ExitCode} and left no result"),
        _ when !facts.Results.IsComplete => RunnerFailed($"The runner ended with exit code {facts.ExitCode} and left a result that breaks off"),
        > 0 when facts.Results.Failed == 0 => RunnerFailed($"The runner ended with exit code {facts.ExitCode}, though no test failed"),
        _ => null,
    };

    private static RunConclusion? FromReceipt(RunFacts facts) => facts.NotProven is { } why
        ? Error("BOARD_NOT_FLASHED", $"No valid receipt says what was on the chip ({why}), so nothing is proven about any firmware. Flash the image under test first.")
        : null;

    private static RunConclusion FromTests(RunFacts facts)
    {
        var results = facts.Results!;
        if (results.Failed > 0)
        {
            return Failed(facts, results);
        }

        return results.Passed == 0
            ? new RunConclusion(Wire.Verdict.Fail, "NOTHING_TESTED", $"No test passed ({results.Skipped} skipped), so nothing is proven. Select tests that run.")
            : new RunConclusion(Wire.Verdict.Pass, "", results.Vacuous.Count == 0
                ? "Every test passed."
                : $"Every test passed, {results.Vacuous.Count} of them without asserting anything.");
    }

    private static RunConclusion Failed(RunFacts facts, SuiteResults results)
    {
        // A suite may provoke a silent device on purpose, so only what a failed test names is its reason.
        var named = facts.Diagnoses.Where(d => results.Failures.Count == 0 || results.Failures.Any(f => f.Message.Contains(d.Reason, StringComparison.Ordinal))).ToList();
        var cause = named.Find(d => d.Reason == "DUT_CRASHED") ?? (named.Count > 0 ? named[0] : null);
        var first = results.Failures.Count > 0 ? results.Failures[0] : null;
        var text = cause?.Message ?? (first is null ? $"{results.Failed} tests failed." : $"{first.Test}: {FirstLine(first.Message)} (firmware or wiring)");
        return new RunConclusion(Wire.Verdict.Fail, cause?.Reason ?? "TESTS_FAILED", text);
    }

    // The first line that says something; before it may stand where it failed ("Setup failed:").
    private static string FirstLine(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Find(lines, line => !line.EndsWith("failed:", StringComparison.Ordinal) && line != "Several failures occurred:") ?? text.Trim();
    }

    private static RunConclusion RunnerFailed(string what) =>
        Error("RUNNER_FAILED", $"{what}. See the console of the run; the runner itself is at fault, neither firmware nor bench.");

    private static RunConclusion Error(string reason, string text) => new(Wire.Verdict.Error, reason, text);

    private static RunConclusion Interrupted(string reason, string text) => new(Wire.Verdict.Interrupted, reason, text);
}
