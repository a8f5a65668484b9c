using System.Text.Json;

namespace FarmAgent.Robot.Tests.Output;

public sealed class OutputJsonTests : IDisposable
{
    private const string Suite = """
        *** Settings ***
        Suite Setup    Log    ready
        *** Test Cases ***
        Good
            [Tags]    fast
            FOR    ${i}    IN    a
                Log    "${i}"    WARN
            END
            [Teardown]    No Operation
        Bad
            Fail    why

        """;

    private readonly RobotRuns _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("suite/setup/body/0/message", "ready")]
    [InlineData("suite/tests/0/id", "s1-t1")]
    [InlineData("suite/tests/0/tags/0", "fast")]
    [InlineData("suite/tests/0/lineno", "4")]
    [InlineData("suite/tests/0/body/0/type", "FOR")]
    [InlineData("suite/tests/0/body/0/values/0", "a")]
    [InlineData("suite/tests/0/body/0/body/0/assign/${i}", "a")]
    [InlineData("suite/tests/0/body/0/body/0/body/0/args/0", "\"${i}\"")]
    [InlineData("suite/tests/0/body/0/body/0/body/0/body/0/message", "\"a\"")]
    [InlineData("suite/tests/0/teardown/name", "No Operation")]
    [InlineData("suite/tests/1/message", "why")]
    [InlineData("suite/status", "FAIL")]
    [InlineData("statistics/total/fail", "1")]
    [InlineData("statistics/tags/0/label", "fast")]
    [InlineData("errors/0/level", "WARN")]
    public void Json_Run_HasWhatHappened(string path, string expected)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Run()));
        var found = path.Split('/').Aggregate(
            document.RootElement, (at, step) => at.ValueKind == JsonValueKind.Array ? at[int.Parse(step, null)] : at.GetProperty(step));
        Assert.Equal(expected, found.ToString());
    }

    [Fact]
    public void RerunFailed_OfJson_RunsWhatFailed()
    {
        var path = Run();
        _run.Run(Suite, "--rerunfailed", path);
        Assert.Equal(["Bad"], _run.Result!.Suite.Tests.Select(test => test.Name));
    }

    [Fact]
    public void RerunFailed_SuiteTeardownFailed_LeavesSkippedTestsOut()
    {
        const string Torn = "*** Settings ***\nSuite Teardown    Fail\n*** Test Cases ***\nPassed\n    No Operation\nSkipped\n    Skip\n";
        var path = _run.Write("results.xml", "");
        _run.Run(Torn, "--output", path);
        _run.Run(Torn, "--rerunfailed", path);
        Assert.Equal(["Passed"], _run.Result!.Suite.Tests.Select(test => test.Name));
    }

    [Fact]
    public void LegacyOutput_Keyword_HasLibraryAndTimestamps()
    {
        _run.Run(Suite, "--legacyoutput");
        var root = _run.Output;
        var keyword = root.Element("suite")!.Element("kw")!;
        Assert.Equal(
            "4 BuiltIn endtime,starttime,status",
            $"{root.Attribute("schemaversion")!.Value} {keyword.Attribute("library")!.Value} "
            + string.Join(',', keyword.Element("status")!.Attributes().Select(attribute => attribute.Name.LocalName).Order(StringComparer.Ordinal)));
    }

    private string Run()
    {
        var path = _run.Write("results.json", "");
        _run.Run(Suite, "--output", path);
        return path;
    }
}
