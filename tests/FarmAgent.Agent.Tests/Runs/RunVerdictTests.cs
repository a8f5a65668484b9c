using FarmAgent.Agent.Runs;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class RunVerdictTests
{
    private static readonly SuiteResults AllPassed = new() { Passed = 6, IsComplete = true };
    private static readonly SuiteResults OneFailed = new()
    {
        Passed = 5,
        Failed = 1,
        IsComplete = true,
        Failures = [new TestFailure("Probe STM32", "Lists are different:\nIndex 0: 190 != 0")],
    };

    private static readonly RunFacts Passed = new() { ExitCode = 0, Results = AllPassed };
    private static readonly RunFacts Failed = new() { ExitCode = 1, Results = OneFailed };

    public static TheoryData<string, string, string> Table() => new()
    {
        { "passed", "Pass", "" },
        { "passed, provoked silence", "Pass", "" },
        { "passed, not flashed", "Error", "BOARD_NOT_FLASHED" },
        { "passed, bench fault", "Error", "I2C_BUS_STUCK" },
        { "passed, nothing left", "Error", "RUNNER_FAILED" },
        { "passed, breaks off", "Error", "RUNNER_FAILED" },
        { "passed, but tests failed", "Fail", "TESTS_FAILED" },
        { "passed, all skipped", "Fail", "NOTHING_TESTED" },
        { "failed", "Fail", "TESTS_FAILED" },
        { "failed, silent device named", "Fail", "DUT_SILENT" },
        { "failed, silent device not named", "Fail", "TESTS_FAILED" },
        { "failed, crashed and silent named", "Fail", "DUT_CRASHED" },
        { "failed, not flashed", "Error", "BOARD_NOT_FLASHED" },
        { "failed, bench fault", "Error", "I2C_BUS_STUCK" },
        { "failed, no failed test", "Error", "RUNNER_FAILED" },
        { "250 failed", "Fail", "TESTS_FAILED" },
        { "251", "Error", "RUNNER_FAILED" },
        { "252", "Fail", "SUITE_INVALID" },
        { "252, not flashed", "Fail", "SUITE_INVALID" },
        { "253", "Interrupted", "RUN_CANCELLED" },
        { "255", "Error", "RUNNER_FAILED" },
        { "killed", "Error", "RUNNER_FAILED" },
        { "signal without results", "Error", "RUNNER_FAILED" },
        { "preflight failed", "Error", "PROBE_DISCONNECTED" },
        { "no runner", "Error", "RUNNER_NOT_FOUND" },
        { "cancelled", "Interrupted", "RUN_CANCELLED" },
        { "cancelled too late, passed", "Interrupted", "RUN_CANCELLED" },
        { "cancelled after bench fault", "Error", "I2C_BUS_STUCK" },
        { "timeout", "Interrupted", "RUN_TIMEOUT" },
        { "lease lost, passed", "Interrupted", "LEASE_LOST" },
        { "lease lost after bench fault", "Interrupted", "LEASE_LOST" },
        { "agent stopping", "Interrupted", "AGENT_STOPPING" },
        { "agent restarted", "Interrupted", "AGENT_RESTARTED" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Decide_Facts_NamesTheCulprit(string facts, string verdict, string reason)
    {
        var conclusion = RunVerdict.Decide(FactsOf(facts));

        Assert.Equal((verdict, reason), (conclusion.Verdict.ToString(), conclusion.Reason));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Decide_Facts_SaysWhyInOneLine(string facts, string verdict, string reason)
    {
        var conclusion = RunVerdict.Decide(FactsOf(facts));

        Assert.True(conclusion.Summary.Length > 10 && !conclusion.Summary.Contains('\n'), $"{verdict} {reason}: {conclusion.Summary}");
    }

    [Fact]
    public void Decide_FailedTest_SummaryNamesTestAndFirstLine() =>
        Assert.Equal("Probe STM32: Lists are different: (firmware or wiring)", RunVerdict.Decide(Failed).Summary);

    [Theory]
    [InlineData("Setup failed:\nNo answer.\nMore.")]
    [InlineData("Parent suite setup failed:\nNo answer.")]
    [InlineData("Several failures occurred:\n\nNo answer.")]
    public void Decide_FailureInASetup_SummarySaysWhatFailed(string message) => Assert.Equal(
        "T: No answer. (firmware or wiring)", RunVerdict.Decide(Failed with { Results = OneFailed with { Failures = [new TestFailure("T", message)] } }).Summary);

    [Fact]
    public void Decide_VacuousTests_AreCountedInTheSummary() =>
        Assert.Contains("2 of them without asserting", RunVerdict.Decide(Passed with { Results = AllPassed with { Vacuous = ["a", "b"] } }).Summary, StringComparison.Ordinal);

    private static RunFacts FactsOf(string name)
    {
        var stuck = Diagnosis(Wire.Verdict.Error, "I2C_BUS_STUCK");
        var silent = Diagnosis(Wire.Verdict.Fail, "DUT_SILENT");
        var crashed = Diagnosis(Wire.Verdict.Fail, "DUT_CRASHED");
        return name switch
        {
            "passed" => Passed,
            "passed, provoked silence" => Passed with { Diagnoses = [silent] },
            "passed, not flashed" => Passed with { NotProven = "erased" },
            "passed, bench fault" => Passed with { Diagnoses = [silent, stuck] },
            "passed, nothing left" => Passed with { Results = null },
            "passed, breaks off" => Passed with { Results = AllPassed with { IsComplete = false } },
            "passed, but tests failed" => Passed with { Results = OneFailed },
            "passed, all skipped" => Passed with { Results = new SuiteResults { Skipped = 3, IsComplete = true } },
            "failed" => Failed,
            "failed, silent device named" => Failed with { Diagnoses = [silent], Results = Naming("DUT_SILENT") },
            "failed, silent device not named" => Failed with { Diagnoses = [silent] },
            "failed, crashed and silent named" => Failed with { Diagnoses = [silent, crashed], Results = Naming("DUT_SILENT", "DUT_CRASHED") },
            "failed, not flashed" => Failed with { NotProven = "never flashed by this agent" },
            "failed, bench fault" => Failed with { Diagnoses = [stuck] },
            "failed, no failed test" => Failed with { Results = AllPassed },
            "250 failed" => Failed with { ExitCode = 250, Results = OneFailed with { Failed = 300 } },
            "251" => Passed with { ExitCode = 251 },
            "252" => new RunFacts { ExitCode = 252 },
            "252, not flashed" => new RunFacts { ExitCode = 252, NotProven = "never flashed by this agent" },
            "253" => Passed with { ExitCode = 253 },
            "255" => Passed with { ExitCode = 255 },
            "killed" => Passed with { ExitCode = null },
            "signal without results" => new RunFacts { ExitCode = 137 },
            "preflight failed" => new RunFacts { Diagnoses = [Diagnosis(Wire.Verdict.Error, "PROBE_DISCONNECTED")] },
            "no runner" => new RunFacts { Problem = new RunProblem("RUNNER_NOT_FOUND", "No farmctl was found.") },
            "cancelled" => new RunFacts { Stop = RunStop.Cancelled, ExitCode = 253, Results = OneFailed },
            "cancelled too late, passed" => Passed with { Stop = RunStop.Cancelled },
            "cancelled after bench fault" => new RunFacts { Stop = RunStop.Cancelled, Diagnoses = [stuck] },
            "timeout" => new RunFacts { Stop = RunStop.TimeLimit },
            "lease lost, passed" => Passed with { Stop = RunStop.LeaseLost },
            "lease lost after bench fault" => Passed with { Stop = RunStop.LeaseLost, Diagnoses = [stuck] },
            "agent stopping" => new RunFacts { Stop = RunStop.AgentStopping },
            "agent restarted" => new RunFacts { Stop = RunStop.AgentRestarted },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "not in the table"),
        };
    }

    private static Wire.Diagnosis Diagnosis(Wire.Verdict verdict, string reason) =>
        new() { Verdict = verdict, Reason = reason, Message = $"Something went wrong ({reason}). Look after it." };

    private static SuiteResults Naming(params string[] reasons) =>
        OneFailed with { Failures = [.. reasons.Select(r => new TestFailure("T", $"{r}: nothing answered"))] };
}
