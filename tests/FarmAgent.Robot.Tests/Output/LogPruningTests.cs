namespace FarmAgent.Robot.Tests.Output;

public sealed class LogPruningTests : IDisposable
{
    private const string Suite = """
        *** Settings ***
        Suite Setup    Log    ready
        *** Test Cases ***
        Good
            Outer
            FOR    ${i}    IN RANGE    4
                IF    ${i} == 1    Log    careful    WARN
            END
        Fine
            Outer
        Bad
            Wait Until Keyword Succeeds    4x    0s    Fail    no
        *** Keywords ***
        Outer
            [Tags]    noisy
            [Setup]    Log    in
            Log    middle
            [Teardown]    Log    out

        """;

    private const string Whole = "Log[in] Log[middle] Log[out]";

    private readonly RobotRuns _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("ALL", "s1-t2", "Outer[Log[0] 0 Log[0]]")]
    [InlineData("PASSED", "s1-t2", "Outer[Log[in] 0 Log[out]]")]
    [InlineData("passed", "s1-setup", "Log[ready]")]
    [InlineData("NAME:o_uter", "s1-t2", "Outer[Log[in] 0 Log[out]]")]
    [InlineData("TAG:noisyORx", "s1-t2", "Outer[Log[in] 0 Log[out]]")]
    [InlineData("NAME:Out", "s1-t2", $"Outer[{Whole}]")]
    public void Removed_Step_LosesItsContent(string option, string id, string expected) => Assert.Equal(expected, Log(id, "--removekeywords", option));

    [Fact]
    public void Removed_Rounds_KeepWarningsAndTheLast() => Assert.EndsWith(
        "${i} = 1[[==[Log[careful]]]] ${i} = 3[[==[Log[]]]] 2]",
        Log("s1-t1", "--removekeywords", "FOR").Replace("${i} == 1", "==", StringComparison.Ordinal),
        StringComparison.Ordinal);

    [Fact]
    public void Removed_Attempts_KeepTheLastFailure() => Assert.StartsWith(
        "Wait Until Keyword Succeeds[Fail[no] Keyword 'Fail' failed", Log("s1-t3", "--removekeywords", "WUKS"), StringComparison.Ordinal);

    [Fact]
    public void Removed_PassedOfATestWithAWarning_StaysWhole() =>
        Assert.StartsWith($"Outer[{Whole}]", Log("s1-t1", "--removekeywords", "PASSED"), StringComparison.Ordinal);

    [Theory]
    [InlineData("TAG:noisy")]
    [InlineData("name:OUTER")]
    public void Flattened_Keyword_KeepsItsMessages(string option) => Assert.Equal("Outer[in middle out -1]", Log("s1-t2", "--flattenkeywords", option));

    [Fact]
    public void Flattened_Loop_KeepsItsMessages() => Assert.EndsWith("[careful -1]", Log("s1-t1", "--flattenkeywords", "FOR"), StringComparison.Ordinal);

    [Fact]
    public void Flattened_Rounds_KeepTheirMessages() =>
        Assert.Contains("${i} = 1[careful -1]", Log("s1-t1", "--flattenkeywords", "ITERATION"), StringComparison.Ordinal);

    [Fact]
    public void Expanded_Keyword_OpensWhatIsAroundIt() =>
        Assert.Equal("Outer+[Log+[in] Log+[middle] Log+[out]]", Log("s1-t2", "--expandkeywords", "NAME:BuiltIn.*"));

    [Fact]
    public void Removed_ContentLargerThanTheBuffer_IsTakenOutOfTheFile()
    {
        var path = _run.Write("big.html", "");
        _run.Run("*** Test Cases ***\nBig\n    FOR    ${i}    IN RANGE    3\n        Log    ${{'x' * 200000}}\n    END\n", "--log", path, "--removekeywords", "FOR");
        Assert.InRange(new FileInfo(path).Length, 200_000, 300_000);
    }

    private string Log(string id, params string[] options)
    {
        var path = _run.Write("log.html", "");
        _run.Run(Suite, ["--log", path, .. options]);
        return LogBlocks.Read(path, id);
    }
}
