using FarmAgent.Agent.Runs;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class SuitePathsTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a/b.robot", "a/b.robot")]
    [InlineData("./a//b.robot", "a/b.robot")]
    [InlineData("", "")]
    [InlineData("a/..b", "a/..b")]
    [InlineData("/etc/passwd", null)]
    [InlineData("..", null)]
    [InlineData("a/../../b", null)]
    [InlineData("a\0b", null)]
    [InlineData("a\\b", null)]
    public void Normalize_Path_IsPlainOrNone(string path, string? expected) => Assert.Equal(expected, SuitePaths.Normalize(path));

    [Fact]
    public void Entry_FileInside_IsFound()
    {
        var file = _scratch.Write("tests/expander.robot", "x");

        Assert.Equal(file, SuitePaths.Entry(_scratch.Path, "tests/expander.robot"));
    }

    [Fact]
    public void Entry_NotThere_NamesWhatIsThere()
    {
        _scratch.Write("expander.robot", "x");

        var refusal = Assert.Throws<RequestException>(() => SuitePaths.Entry(_scratch.Path, "blinky.robot"));

        Assert.Equal("SUITE_ENTRY_UNKNOWN", refusal.Reason);
        Assert.Contains("It has: expander.robot", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_Outside_IsRefused() =>
        Assert.Equal("REQUEST_INVALID", Assert.Throws<RequestException>(() => SuitePaths.Entry(_scratch.Path, "../x")).Reason);
}
