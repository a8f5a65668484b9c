using System.Xml.Linq;
using FarmAgent.TestKit;

namespace FarmAgent.Interop.Tests.Scenarios;

public sealed class SeedSuiteTests : BoardScenario
{
    // The options with which its author runs it.
    private static readonly string[] SeedOptions =
    [
        "--", "-v", "I2C_SLAVE:0x08", "-v", "BOARD:nanopi_neo2", "-t", "Probe STM32", "-t", "Config output pin", "-t", "Set stm32 pin high",
        "-t", "Read host pin", "-t", "Reset stm32 pin", "-t", "Read host pin 2",
    ];

    [Fact]
    public async Task SeedSuite_ExpanderFlashed_SixTestsPass()
    {
        var suite = SharedFiles.Find("conformance/seed/stm32-fw-test.robot");

        var run = await RunSuiteAsync(suite, ["--flash", Expander, .. SeedOptions]);

        Assert.True(run.ExitCode == 0, $"{run}\n{Agent.Log}");
        Assert.Contains("6 tests, 6 passed, 0 failed", run.Output, StringComparison.Ordinal);
        var tests = XDocument.Load(Path.Combine(Results, "output.xml")).Descendants("test").ToList();
        Assert.Equal(6, tests.Count(test => test.Element("status")!.Attribute("status")!.Value == "PASS"));
    }

    [Fact]
    public async Task SeedSuite_VendorStyleExpanderFlashed_SixTestsPass()
    {
        var suite = SharedFiles.Find("conformance/seed/stm32-fw-test.robot");

        var run = await RunSuiteAsync(suite, ["--flash", ExpanderHse, .. SeedOptions]);

        Assert.True(run.ExitCode == 0, $"{run}\n{Agent.Log}");
    }

    [Fact]
    public async Task SeedSuite_BlankChip_IsAnErrorOfTheBench()
    {
        var suite = SharedFiles.Find("conformance/seed/stm32-fw-test.robot");

        var run = await RunSuiteAsync(suite, SeedOptions);

        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.Contains("BOARD_NOT_FLASHED", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeedSuite_TestsWithoutAssertion_AreListed()
    {
        var suite = SharedFiles.Find("conformance/seed/stm32-fw-test.robot");

        var run = await RunSuiteAsync(suite, ["--flash", Expander, .. SeedOptions]);

        Assert.Contains("\"Probe STM32\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("passed without asserting anything", run.Output, StringComparison.Ordinal);
    }
}
