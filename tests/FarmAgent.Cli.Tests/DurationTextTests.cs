namespace FarmAgent.Cli.Tests;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("90", 90_000)]
    [InlineData("90s", 90_000)]
    [InlineData("10m", 600_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("250ms", 250)]
    [InlineData("1.5s", 1500)]
    public void Parse_DurationsAsPeopleTypeThem_GivesTheLength(string text, long milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DurationText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("10 parsecs")]
    [InlineData("-5s")]
    [InlineData("1e400")]
    [InlineData("9999999999999999999h")]
    public void Parse_AnythingElse_IsRefusedWithAnExample(string text)
    {
        var refused = Assert.Throws<UsageException>(() => DurationText.Parse(text));
        Assert.Equal("BAD_DURATION", refused.Reason);
        Assert.Contains("10m", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(310, "0.31 s")]
    [InlineData(3_200, "3.2 s")]
    [InlineData(125_000, "2 min 05 s")]
    [InlineData(5_400_000, "1 h 30 min")]
    public void Format_PrintsTheUnitThatFits(long milliseconds, string expected) =>
        Assert.Equal(expected, DurationText.Format(TimeSpan.FromMilliseconds(milliseconds)));
}
