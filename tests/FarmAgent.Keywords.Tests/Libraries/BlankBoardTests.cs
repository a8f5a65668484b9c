namespace FarmAgent.Keywords.Tests.Libraries;

public sealed class BlankBoardTests(LeasedBench bench) : IClassFixture<LeasedBench>
{
    [Theory]
    [InlineData("expander.Probe")]
    [InlineData("I2c Should Acknowledge    0x08")]
    public void Keyword_OnABlankChip_NamesTheBenchAndTagsTheTest(string step)
    {
        var test = Assert.Single(SuiteText.Run(bench.Session, $"One\n    {step}\n"));
        Assert.StartsWith("[bench] BOARD_NOT_FLASHED:", test.Message, StringComparison.Ordinal);
        Assert.Contains("farm:bench-error", test.Tags);
    }
}
