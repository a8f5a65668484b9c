using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Tests.Running;

public sealed class ForRangeTests
{
    [Theory]
    [InlineData("0.1    0.5    0.1", "0.1 0.2 0.3 0.4")]
    [InlineData("0    1e-10    4e-11", "0.0 4e-11 8e-11")]
    [InlineData("1    0    -0.25", "1.0 0.75 0.5 0.25")]
    [InlineData("${{10**30}}    ${{10**30 + 2}}", "1000000000000000000000000000000 1000000000000000000000000000001")]
    public void Run_Range_CountsAsTheOriginal(string limits, string expected)
    {
        using var runs = new RobotRuns();
        var test = runs.RunTest($"VAR    @{{all}}\nFOR    ${{i}}    IN RANGE    {limits}\n    VAR    @{{all}}    @{{all}}    ${{i}}\nEND\nFail    @{{all}}",
            "*** Keywords ***\nFail\n    [Arguments]    @{all}\n    ${text} =    Catenate    @{all}\n    BuiltIn.Fail    ${text}");
        Assert.Equal(expected, test.Message);
    }

    [Theory]
    [InlineData("${{float('inf')}}", "OverflowError: cannot convert float infinity to integer")]
    [InlineData("${{10**30}}", "OverflowError: Python int too large to convert to C ssize_t")]
    [InlineData("1    2    0", "ValueError: range() arg 3 must not be zero")]
    public void Run_ImpossibleRange_Fails(string limits, string expected)
    {
        using var runs = new RobotRuns();
        Assert.Equal(expected, runs.RunTest($"FOR    ${{i}}    IN RANGE    {limits}\n    No Operation\nEND").Message);
    }

    [Fact]
    public void Run_HugeRangeThatIsLeft_MakesNoList()
    {
        using var runs = new RobotRuns();
        Assert.Equal(Status.Pass, runs.RunTest("FOR    ${i}    IN RANGE    9000000000000000000\n    BREAK\nEND").Status);
    }
}
