using System.Xml.Linq;

namespace FarmAgent.Interop.Tests.Scenarios;

public sealed class SampleSuiteTests : BoardScenario
{
    [Fact]
    public async Task SampleSuite_ExpanderFlashed_EveryTestPassesAndAsserts()
    {
        var run = await RunSuiteAsync(SampleSuite, "--flash", Expander);

        Assert.True(run.ExitCode == 0, $"{run}\n{Agent.Log}");
        Assert.DoesNotContain("without asserting", run.Output, StringComparison.Ordinal);
        Assert.Contains(" 0 failed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleSuite_VendorStyleExpanderFlashed_EveryTestPasses()
    {
        var run = await RunSuiteAsync(SampleSuite, "--flash", ExpanderHse);

        Assert.True(run.ExitCode == 0, $"{run}\n{Agent.Log}");
    }

    [Fact]
    public async Task SampleSuite_Run_LeavesItsFiles()
    {
        await RunSuiteAsync(SampleSuite, "--flash", Expander);

        var output = XDocument.Load(Path.Combine(Results, "output.xml"));
        Assert.Equal("robot", output.Root!.Name.LocalName);
        Assert.Equal("testsuite", XDocument.Load(Path.Combine(Results, "junit.xml")).Root!.Name.LocalName);
    }

    [Fact]
    public async Task SampleSuite_OnAVirtualBench_SaysSo()
    {
        var run = await RunSuiteAsync(SampleSuite, "--flash", Expander);

        Assert.EndsWith("bench: virtual", run.Output.TrimEnd(), StringComparison.Ordinal);
        var output = XDocument.Load(Path.Combine(Results, "output.xml"));
        Assert.Equal("virtual", output.Descendants("meta").Single(meta => meta.Attribute("name")!.Value.Equals("bench", StringComparison.OrdinalIgnoreCase)).Value);
    }

    [Fact]
    public async Task Run_WhereARealBoardIsRequired_RefusesTheVirtualOne()
    {
        var run = await Agent.FarmctlAsync("--require-real", "run", "--flash", Expander, SampleSuite);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("BENCH_VIRTUAL", run.Errors, StringComparison.Ordinal);
    }
}
