using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Tests.Rendering;

public sealed class RunTextTests
{
    [Theory]
    [InlineData(Verdict.Pass, "", 0, 0)]
    [InlineData(Verdict.Fail, "DUT_SILENT", 1, 1)]
    [InlineData(Verdict.Fail, "SUITE_BROKEN", 252, 2)]
    [InlineData(Verdict.Error, "BOARD_NOT_FLASHED", 0, 3)]
    [InlineData(Verdict.Interrupted, "LEASE_LOST", 1, 4)]
    [InlineData(Verdict.Interrupted, "AGENT_RESTARTED", 0, 3)]
    [InlineData(Verdict.Unspecified, "", 0, 3)]
    public void ExitCodeOf_EachVerdict_HasItsCode(Verdict verdict, string reason, int robotExitCode, int expected) =>
        Assert.Equal(expected, RunText.ExitCodeOf(new Run { Verdict = verdict, Reason = reason, RobotExitCode = robotExitCode }));

    [Fact]
    public void VerdictLine_SaysCountsReasonAndBench()
    {
        var run = new Run { Name = "runs/r-1", Verdict = Verdict.Fail, Reason = "DUT_SILENT", Passed = 8, Failed = 1, Virtual = true };
        Assert.Equal("FAIL  DUT_SILENT  9 tests, 8 passed, 1 failed  run r-1  bench: virtual", RunText.VerdictLine(run));
    }

    [Fact]
    public void VerdictLine_LongSummary_KeepsItsFirstSentence()
    {
        var run = new Run { Name = "runs/r-1", Verdict = Verdict.Fail, Reason = "DUT_SILENT", Summary = "Nobody answers. Check SDA.", Failed = 1 };
        Assert.Equal("FAIL  DUT_SILENT  Nobody answers.  1 tests, 0 passed, 1 failed  run r-1", RunText.VerdictLine(run));
    }

    [Fact]
    public void WriteEvidence_OneCauseInManyTests_IsPrintedOnce()
    {
        var diagnosis = new Diagnosis { Verdict = Verdict.Error, Reason = "PROBE_DISCONNECTED", Message = "gone" };
        var run = new Run { Diagnoses = { diagnosis, diagnosis.Clone() } };
        using var writer = new StringWriter();
        RunText.WriteEvidence(writer, run);
        Assert.Single(writer.ToString().Split('\n'), line => line.StartsWith("PROBE_DISCONNECTED", StringComparison.Ordinal));
    }
}
