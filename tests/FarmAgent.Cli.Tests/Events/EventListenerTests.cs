using System.Text.RegularExpressions;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Events;
using FarmAgent.Cli.Rendering;
using FarmAgent.Robot;

namespace FarmAgent.Cli.Tests.Events;

/// <summary>What the real engine tells while it runs a suite.</summary>
public sealed class EventListenerTests
{
    private static readonly Regex Duration = new(@"  [0-9]+\.[0-9]{3} s", RegexOptions.None, TimeSpan.FromSeconds(1));

    private const string Suite = """
        *** Test Cases ***
        Good
            [Tags]    b    a
            Log    quiet
            Log    loud    WARN
        Bad
            IF    True    Outer    ELSE    No Operation
            No Operation
        *** Keywords ***
        Outer
            Fail    it is broken
        """;

    [Fact]
    public async Task Tests_AreToldWithWarningsAndFailures() => Assert.Equal(
        [
            "suite    Own, 2 tests", "test     Own.Good  [a, b]", "warn     loud", "test     Own.Good  PASS", "test     Own.Bad", "fail     it is broken",
            "test     Own.Bad  FAIL  it is broken", "suite    Own  FAIL",
        ],
        await TellAsync(RunEventDetail.Tests));

    [Fact]
    public async Task Keywords_AreToldWithDepthAndStatusAndNoneThatIsNotRun() => Assert.Equal(
        [
            "test     Own.Bad", "keyword  IF/ELSE ROOT", "keyword    IF", "keyword      Outer", "keyword        BuiltIn.Fail", "fail     it is broken",
            "keyword        BuiltIn.Fail  FAIL", "keyword      Outer  FAIL", "keyword    IF  FAIL", "keyword  IF/ELSE ROOT  FAIL", "test     Own.Bad  FAIL  it is broken",
        ],
        (await TellAsync(RunEventDetail.Keywords))[^12..^1]);

    [Fact]
    public async Task All_TellsInformation() => Assert.Contains("info     quiet", await TellAsync(RunEventDetail.All));

    // As lines without number, time and duration.
    private static async Task<List<string>> TellAsync(RunEventDetail detail)
    {
        var folder = Directory.CreateTempSubdirectory("events-");
        try
        {
            var path = Path.Combine(folder.FullName, "own.robot");
            await File.WriteAllTextAsync(path, Suite, TestContext.Current.CancellationToken);
            using var queue = new EventQueue(1_000);
            RobotProgram.Run(["--output", "NONE", "--log", "NONE", "--report", "NONE", path], new RobotHost
            {
                Stdout = TextWriter.Null,
                Stderr = TextWriter.Null,
                Listeners = [new EventListener(queue, detail, () => DateTimeOffset.UnixEpoch)],
            });
            var batch = await queue.TakeAsync(TestContext.Current.CancellationToken);
            return [.. batch!.Events.Select(RunEventText.Line).Select(line => Duration.Replace(line![22..], ""))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
