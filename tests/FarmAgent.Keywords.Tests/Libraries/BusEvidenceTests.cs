namespace FarmAgent.Keywords.Tests.Libraries;

/// <summary>What went over the bus stands beside the keyword that failed, in the files that a run leaves.</summary>
public sealed class BusEvidenceTests(LeasedBench bench) : IClassFixture<LeasedBench>
{
    [Theory]
    [InlineData("expander.Set Config    0    0    0    1    0    0\n    Expander Pin Should Be    0    1", "W 1B R 00")]
    [InlineData("${value} =    expander.Read    ${0}\n    Should Be Equal    ${value}    ${0xBF}", "W 00 R BE")]
    [InlineData("I2c Transfer    0x08    write=00    read=2\n    Fail    other", "W 00 R BE EF")]
    public void Log_WrongValue_ShowsTheTransferWithItsBytes(string steps, string bytes)
    {
        var (output, log) = SuiteText.Files(bench.Session, $"One\n    {LeasedBench.FlashExpander}\n    Reset Board\n    {steps}\n");

        var table = TableOf(output);
        Assert.Matches($@"\d\d:\d\d:\d\d\.\d\d\d  i2c 0x08 +{bytes} +acknowledged", table);
        Assert.Contains(bytes, log, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_NobodyAnswers_ShowsTheAddressWithoutAcknowledge()
    {
        var (output, _) = SuiteText.Files(bench.Session, $"One\n    {LeasedBench.FlashExpander}\n    I2c Transfer    0x50    write=01    read=1\n");

        Assert.Matches(@"i2c 0x50 +W 01 R 1 bytes +address not acknowledged", TableOf(output));
    }

    [Fact]
    public void Log_ExpanderCallFails_ShowsItsTransfersToo()
    {
        var (output, _) = SuiteText.Files(
            bench.Session,
            $"One\n    {LeasedBench.FlashExpander}\n    Import Library    STM32GpioExpander    address=0x51    AS    absent\n    absent.Write    1    2\n");

        Assert.Matches(@"i2c 0x51 +W 01 02 +address not acknowledged", TableOf(output));
    }

    [Fact]
    public void Log_FailureWithoutTheBench_ShowsNoTable()
    {
        var (output, _) = SuiteText.Files(bench.Session, "One\n    I2c Scan\n\nTwo\n    Fail    by itself\n");

        Assert.DoesNotContain("Last exchanges", output, StringComparison.Ordinal);
    }

    private static string TableOf(string output)
    {
        var start = output.IndexOf("Last exchanges with the bench", StringComparison.Ordinal);
        Assert.True(start > 0, output);
        return output[start..output.IndexOf("</msg>", start, StringComparison.Ordinal)];
    }
}
