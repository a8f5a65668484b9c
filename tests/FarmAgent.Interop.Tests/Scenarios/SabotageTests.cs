namespace FarmAgent.Interop.Tests.Scenarios;

/// <summary>A suite against a target without power: what still passes proves nothing.</summary>
public sealed class SabotageTests : BoardScenario
{
    private const string Suite = """
        *** Settings ***
        Library    STM32GpioExpander

        *** Test Cases ***
        Looks Away
            Should Be Equal    1    1

        Looks
            Probe STM32

        """;

    [Fact]
    public async Task Sabotage_SuiteWithATestThatLooksAway_ListsThatTest()
    {
        var result = await RunSuiteAsync(WriteSuite(Suite), "--flash", Expander, "--sabotage");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("1 of 2 tests pass without the target; they prove nothing about it:\n  Own.Looks Away\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sabotage_Afterwards_TheTargetHasPowerAgain()
    {
        await RunSuiteAsync(WriteSuite(Suite), "--flash", Expander, "--sabotage");

        await DoAsync("--lease", "auto", "expander", "probe");
    }
}
