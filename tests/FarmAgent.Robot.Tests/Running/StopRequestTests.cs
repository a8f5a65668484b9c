using FarmAgent.Robot.Results;
using FarmAgent.Robot.Running;

namespace FarmAgent.Robot.Tests.Running;

public sealed class StopRequestTests : IDisposable
{
    private const string Terminated = "Execution terminated by signal";

    private readonly CancellationTokenSource _stop = new();
    private readonly RobotRuns _runs;

    public StopRequestTests() => _runs = new RobotRuns { Cancellation = _stop.Token, Listeners = [new StopAfter(_stop, 20)] };

    public void Dispose()
    {
        _runs.Dispose();
        _stop.Dispose();
    }

    [Theory]
    [InlineData("WHILE    True    limit=NONE\n    No Operation\nEND")]
    [InlineData("WHILE    True    limit=NONE\n    VAR    ${x}    1\nEND")]
    [InlineData("FOR    ${i}    IN RANGE    100000\n    No Operation\nEND")]
    [InlineData("WHILE    True    limit=NONE\n    TRY\n        No Operation\n    EXCEPT    AS    ${e}\n        No Operation\n    END\nEND")]
    [InlineData("WHILE    True    limit=NONE\n    Run Keyword And Ignore Error    No Operation\nEND")]
    public void Run_StoppedInsideALoopOfInstantSteps_Ends(string body)
    {
        var test = _runs.RunTest(body);
        Assert.Equal((Status.Fail, Terminated), (test.Status, test.Message));
    }

    // As the original: the first signal ends tests, and the code still counts the failed ones; only a forced exit is 253.
    [Fact]
    public void Run_StoppedInTheFirstOfTwoTests_ExitsWithTheNumberOfFailedTests() =>
        Assert.Equal(2, _runs.Run("*** Test Cases ***\nOne\n    WHILE    True    limit=NONE\n        No Operation\n    END\nTwo\n    No Operation\n"));

    [Fact]
    public void Run_Stopped_RunsTheWholeTeardown()
    {
        _runs.RunTest(
            "WHILE    True    limit=NONE\n    No Operation\nEND\n[Teardown]    Leave The Bench",
            "*** Keywords ***\nLeave The Bench\n    Sleep    1ms\n    Log To Console    bench is off");
        Assert.Contains("bench is off", _runs.Stdout.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StoppedBeforeTheNextTest_FailsItWithoutRunningIt()
    {
        _runs.Run("*** Test Cases ***\nOne\n    WHILE    True    limit=NONE\n        No Operation\n    END\nTwo\n    Log To Console    second ran\n");
        Assert.DoesNotContain("second ran", _runs.Stdout.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Forbids_TeardownTimeIsOver_EndsTeardownsToo()
    {
        using var request = new StopRequest(TimeSpan.Zero, _stop.Token);
        _stop.Cancel();
        request.TokenFor(inTeardown: true).WaitHandle.WaitOne(TimeSpan.FromSeconds(10));
        Assert.True(request.Forbids(inTeardown: true));
    }

    [Fact]
    public void Run_TestTimeoutInALoopWithoutLibraryKeywords_Ends()
    {
        using var runs = new RobotRuns();
        var test = runs.RunTest("[Timeout]    50ms\nWHILE    True    limit=NONE\n    VAR    ${x}    1\nEND");
        Assert.Equal("Test timeout 50 milliseconds exceeded.", test.Message);
    }

    private sealed class StopAfter(CancellationTokenSource stop, int rounds) : IRobotListener
    {
        private int _rounds;

        public void StartIteration(IterationResult iteration)
        {
            if (++_rounds == rounds)
            {
                stop.Cancel();
            }
        }
    }
}
