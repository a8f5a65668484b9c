using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FarmAgent.Interop.Tests.Scenarios;

/// <summary>Whatever is wrong with bench or firmware, the run is never PASS and never exits 0; each case gives its own reason and exit code.</summary>
public sealed partial class CulpritTests : BoardScenario
{
    [Fact]
    public async Task Run_BlankChip_IsAnErrorBoardNotFlashed()
    {
        var run = await RunSuiteAsync(SampleSuite);

        Assert.Equal((3, "ERROR", "BOARD_NOT_FLASHED"), Verdict(run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Run_OtherFirmware_IsAFailureDutSilent()
    {
        var run = await RunSuiteAsync(SampleSuite, "--flash", Blinky);

        Assert.Equal((1, "FAIL", "DUT_SILENT"), Verdict(run.ExitCode, run.Output));
        Assert.Contains("receipt", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnpluggedProbe_IsAnErrorProbeNotFound()
    {
        await DoAsync("flash", Expander);
        await DoAsync("bench", "unplug-probe");

        var run = await RunSuiteAsync(SampleSuite);

        Assert.Equal((3, "ERROR", "PROBE_NOT_FOUND"), Verdict(run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Flash_UnpluggedProbe_SaysSoAndExitsWith3()
    {
        await DoAsync("bench", "unplug-probe");

        var flash = await Agent.FarmctlAsync("flash", Expander);

        Assert.Equal(3, flash.ExitCode);
        Assert.Contains("PROBE_", flash.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CutSda_IsAnErrorThatNamesTheWire()
    {
        await DoAsync("flash", Expander);
        await DoAsync("bench", "cut", "SDA");

        var run = await RunSuiteAsync(SampleSuite);

        Assert.Equal((3, "ERROR", "WIRE_OPEN"), Verdict(run.ExitCode, run.Output));
        Assert.Contains("SDA", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CutGpioWire_FailsTheTestsThatReadIt()
    {
        await DoAsync("flash", Expander);
        await DoAsync("bench", "cut", "PA0");

        var run = await RunSuiteAsync(SampleSuite);

        Assert.Equal((1, "FAIL", "TESTS_FAILED"), Verdict(run.ExitCode, run.Output));
        Assert.Contains("PG11", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HeldLease_ExitsWith4AndNamesTheHolder()
    {
        await DoAsync("--owner", "ci/job-4711", "lease", "acquire", "--purpose", "nightly");

        var run = await RunSuiteAsync(SampleSuite, "--flash", Expander);

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("LEASE_HELD", run.Errors, StringComparison.Ordinal);
        Assert.Contains("ci/job-4711", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BenchError_IsMarkedInOutputXml()
    {
        await RunSuiteAsync(SampleSuite);

        var failed = XDocument.Load(Path.Combine(Results, "output.xml")).Descendants("test")
            .Where(test => test.Element("status")!.Attribute("status")!.Value == "FAIL").ToList();
        Assert.NotEmpty(failed);
        Assert.Contains(failed, test => test.Elements("tag").Any(tag => tag.Value == "farm:bench-error"));
        Assert.Contains(failed, test => test.Element("status")!.Value.Contains("[bench] BOARD_NOT_FLASHED:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ErasedBoard_IsNotFlashedAnyMore()
    {
        await DoAsync("flash", Expander);
        await DoAsync("erase", "--all");

        var run = await RunSuiteAsync(SampleSuite);

        Assert.Equal((3, "ERROR", "BOARD_NOT_FLASHED"), Verdict(run.ExitCode, run.Output));
    }

    // The last line is the verdict, so that a log can be read from the bottom.
    private static (int ExitCode, string Verdict, string Reason) Verdict(int exitCode, string output)
    {
        var match = LastLine().Match(output.TrimEnd().Split('\n')[^1]);
        return match.Success ? (exitCode, match.Groups["verdict"].Value, match.Groups["reason"].Value) : (exitCode, output, "");
    }

    [GeneratedRegex(@"^(?<verdict>PASS|FAIL|ERROR|INTERRUPTED)\s+(?<reason>[A-Z_]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LastLine();
}
