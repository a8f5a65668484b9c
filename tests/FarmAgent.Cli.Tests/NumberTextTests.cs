namespace FarmAgent.Cli.Tests;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0x08000000", 0x08000000u)]
    [InlineData("8", 8u)]
    [InlineData(" 0XFF ", 255u)]
    public void Parse_HexOrDecimal_GivesTheNumber(string text, uint expected) => Assert.Equal(expected, NumberText.Parse(text, "N"));

    [Theory]
    [InlineData("256")]
    [InlineData("0x100")]
    [InlineData("-1")]
    [InlineData("ten")]
    [InlineData("")]
    public void Parse_OutsideTheRange_SaysWhatIsAllowed(string text)
    {
        var refused = Assert.Throws<UsageException>(() => NumberText.Parse(text, "BYTE", 0xFF));
        Assert.Contains("0 to 0xFF", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ParseBytes_EachWordIsAByte() => Assert.Equal([0x02, 0xFF], NumberText.ParseBytes(["2", "0xff"]));
}
