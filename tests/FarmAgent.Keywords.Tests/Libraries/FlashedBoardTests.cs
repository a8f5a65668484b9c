using FarmAgent.Robot.Results;

namespace FarmAgent.Keywords.Tests.Libraries;

public sealed class FlashedBoardTests(LeasedBench bench) : IClassFixture<LeasedBench>
{
    [Theory]
    [InlineData("${value} =    expander.Probe", "Should Be Equal    ${value}    ${True}")]
    [InlineData("${value} =    expander.Read    ${0}", "Should Be Equal    ${value}    ${0xBE}")]
    [InlineData("${value} =    I2c Transfer    0x08    write=00    read=2", "Should Be Equal    ${value}    BE EF")]
    [InlineData("${value} =    I2c Scan", "Should Be Equal    ${value}    ${{['0x08']}}")]
    [InlineData("${value} =    Expander Version", "Should Match Regexp    ${value}    ^\\\\d+\\\\.\\\\d+\\\\.\\\\d+$")]
    [InlineData("${value} =    Board Info", "Should Be Equal    ${value.bench}/${value.chip}/${value.labels.mcu}    virtual/STM32F103C8/stm32f103")]
    [InlineData("${value} =    Read Memory    0x08000000    4", "Should Match Regexp    ${value}    ^(\\\\S\\\\S ){3}20$")]
    [InlineData("${value} =    host.Api Version", "Should Be Equal    ${value}    0.1")]
    public void Keyword_OnAFlashedBoard_ReturnsWhatIsDocumented(string step, string check) =>
        Passes($"{LeasedBench.FlashExpander}\n    {step}\n    {check}");

    [Fact]
    public void ReadPin_OfADrivenLine_IsTheText1() =>
        Passes($$"""
            {{LeasedBench.FlashExpander}}
                expander.Set Config    ${0}    ${0}    ${0}    ${1}    ${0}    ${0}
                expander.Set Pin    ${0}    ${1}
                ${level} =    host.Read Pin    ${203}
                Should Be Equal    ${level}    1
                Host Pin Should Be    PG11    1
                Expander Pin Should Be    0    high
            """);

    [Fact]
    public void FlashImage_Again_FindsAllSectorsIdentical() =>
        Passes($$"""
            {{LeasedBench.FlashExpander}}
                ${receipt} =    {{LeasedBench.FlashExpander}}
                Should Be Equal    ${receipt.erased_sectors}    ${0}
                Should Be Equal    ${receipt.verified}    crc
            """);

    [Fact]
    public void WaitForSerial_AfterReset_SeesTheBanner() =>
        Passes($"{LeasedBench.FlashExpander}\n    Clear Serial\n    Reset Board\n    Wait For Serial    ^expander    timeout=2s");

    [Theory]
    [InlineData("host.Write Pin    PG3    1", "PG3 is an input.")]
    [InlineData("host.Read Pin    PG99", "GPIO_LINE_UNKNOWN")]
    [InlineData("Read Expander Pin    7", "GPIO 7 is not active.")]
    [InlineData("Host Pin Should Be    PG5    1", "Host line PG5 is 0, expected 1.")]
    [InlineData("I2c Should Not Acknowledge    0x08", "0x08 acknowledged its address.")]
    [InlineData("I2c Transfer    0x50    read=1", "DUT_SILENT: no acknowledge from 0x50")]
    [InlineData("Serial Should Contain    never said    timeout=1s", "The console did not show 'never said' within 1 second.")]
    [InlineData("Flash Image    nowhere.elf", "There is no image")]
    public void Keyword_ThatFinds_SomethingElse_FailsWithTheReason(string step, string expected)
    {
        var test = Assert.Single(SuiteText.Run(bench.Session, $"One\n    {LeasedBench.FlashExpander}\n    Reset Board\n    {step}\n"));
        Assert.Equal(Status.Fail, test.Status);
        Assert.Contains(expected, test.Message, StringComparison.Ordinal);
    }

    private void Passes(string steps)
    {
        var test = Assert.Single(SuiteText.Run(bench.Session, $"One\n    {steps}\n"));
        Assert.True(test.Status == Status.Pass, $"{test.Message}\n{bench.Agent.Log}");
    }
}
