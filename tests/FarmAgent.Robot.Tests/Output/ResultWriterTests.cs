using System.Xml.Linq;
using FarmAgent.Robot.Output;

namespace FarmAgent.Robot.Tests.Output;

public sealed class ResultWriterTests
{
    private const string Suite = "*** Test Cases ***\nGood\n    Log    <b>bold</b>\nBad\n    [Tags]    farm:bench-error\n    Fail    [bench] NO_PROBE: gone\nWorse\n    Fail    why\n";

    [Fact]
    public void Xunit_BenchError_IsAnErrorNotAFailure()
    {
        using var runs = new RobotRuns();
        var path = runs.Write("xunit.xml", "");
        runs.Run(Suite, "--xunit", path);
        var suite = XDocument.Load(path).Root!;
        Assert.Equal("1 1", $"{suite.Attribute("errors")!.Value} {suite.Attribute("failures")!.Value}");
    }

    [Fact]
    public void Log_MessageWithMarkup_IsEscaped()
    {
        using var runs = new RobotRuns();
        var path = runs.Write("log.html", "");
        runs.Run(Suite, "--log", path);
        var html = File.ReadAllText(path);
        Assert.Contains("\\u003cb>bold\\u003c/b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_FailedTests_ComeFirst()
    {
        using var runs = new RobotRuns();
        var path = runs.Write("report.html", "");
        runs.Run(Suite, "--report", path);
        var html = File.ReadAllText(path);
        Assert.True(html.IndexOf("Suite.Worse", StringComparison.Ordinal) < html.IndexOf("Suite.Good", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--tagdoc", "farm*:What <it> is", "<span class=\"k\">What &lt;it&gt; is</span>")]
    [InlineData("--tagstatlink", "farm?bench-*:http://host/%2:Its_title", "<a href=\"http://host/error\">Its title</a>")]
    [InlineData("--tagstatcombine", "farm*:Ours", "Ours <span class=\"k\">farm*</span>")]
    public void Report_TagOption_ShowsBesideTheTag(string option, string value, string expected)
    {
        using var runs = new RobotRuns();
        var path = runs.Write("report.html", "");
        runs.Run(Suite, "--report", path, option, value);
        Assert.Contains(expected, File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", 10, "abc       ")]
    [InlineData("abcdefghijklm", 10, "abcdefg...")]
    [InlineData("漢字漢字漢字", 10, "漢字漢... ")]
    [InlineData("e\u0301", 5, "e\u0301    ")]
    public void Pad_Text_TakesTheWidth(string text, int width, string expected) => Assert.Equal(expected, ConsoleWidth.Pad(text, width));
}
