using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Tests.Running;

public sealed class ControlFlowTests : IDisposable
{
    private readonly RobotRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Break_InNestedIf_EndsTheLoop()
    {
        var test = _runs.RunTest("FOR    ${i}    IN RANGE    5\n    IF    ${i} == 2    BREAK\nEND\nShould Be Equal    ${i}    ${2}");
        Assert.Equal(Status.Pass, test.Status);
    }

    [Fact]
    public void Return_InsideLoop_LeavesTheKeyword()
    {
        var test = _runs.RunTest(
            "${x} =    Find\nShould Be Equal    ${x}    b",
            "*** Keywords ***\nFind\n    FOR    ${i}    IN    a    b    c\n        IF    '${i}' == 'b'    RETURN    ${i}\n    END\n    Fail    not reached");
        Assert.Equal(Status.Pass, test.Status);
    }

    [Fact]
    public void ContinuableFailures_BeforeReturn_StillCount()
    {
        var test = _runs.RunTest(
            "Kw",
            "*** Keywords ***\nKw\n    Run Keyword And Continue On Failure    Fail    one\n    RETURN    x");
        Assert.Equal((Status.Fail, "one"), (test.Status, test.Message));
    }

    [Fact]
    public void Try_OtherMessage_IsNotCaught()
    {
        var test = _runs.RunTest("TRY\n    Fail    a\nEXCEPT    b\n    Log    x\nEND");
        Assert.Equal((Status.Fail, "a"), (test.Status, test.Message));
    }

    [Fact]
    public void Keyword_CallingItself_EndsWithAFailure()
    {
        var test = _runs.RunTest("Again", "*** Keywords ***\nAgain\n    Again");
        Assert.Equal((Status.Fail, "Recursive execution stopped."), (test.Status, test.Message));
    }

    [Fact]
    public void While_OverItsLimit_Fails()
    {
        var test = _runs.RunTest("WHILE    True    limit=3\n    No Operation\nEND");
        Assert.StartsWith("WHILE loop was aborted because it did not finish within the limit of 3 iterations.", test.Message, StringComparison.Ordinal);
    }
}
