using CsCheck;
using FarmAgent.Robot.Lexing;

namespace FarmAgent.Robot.Tests.Lexing;

public sealed class RobotLexerTests
{
    [Fact]
    public void Tokenize_AnyText_TokensPutTogetherAreTheText() => Gen.String[Gen.OneOf(Gen.Char[" \t|.#\n\r*"], Gen.Char['a', 'f'])].Sample(text =>
        Assert.Equal(text, string.Concat(RobotLexer.Tokenize(text).SelectMany(line => line).Select(token => token.Value))));

    [Theory]
    [InlineData("a  b\tc", new[] { "a", "b", "c" })]
    [InlineData("    Log    x y    # no", new[] { "", "Log", "x y" })]
    [InlineData("| a | b  c |", new[] { "a", "b  c" })]
    [InlineData("|  | Log | |  | x |", new[] { "", "Log", "", "", "x" })]
    [InlineData("a  \\#b", new[] { "a", "\\#b" })]
    public void ReadRows_OneLine_SplitsIntoCells(string line, string[] cells) =>
        Assert.Equal(cells, Assert.Single(RobotLexer.ReadRows(line)).Values(0));

    [Fact]
    public void ReadRows_ContinuedWithCommentBetween_IsOneRow()
    {
        var row = Assert.Single(RobotLexer.ReadRows("Log    a\n# nothing\n\n...    b\n    ...    c"));
        Assert.Equal(["Log", "a", "b", "c"], row.Values(0));
    }

    [Fact]
    public void ReadRows_ContinuationWithoutData_GivesOneEmptyCell() =>
        Assert.Equal(["Log", "", "b"], Assert.Single(RobotLexer.ReadRows("Log\n...\n...    b")).Values(0));
}
