namespace FarmAgent.Robot.Tests.Running;

public sealed class LargeValueTests
{
    [Theory]
    [InlineData("VAR    ${x}    ${{'x' * 1000000}}\nFOR    ${i}    IN RANGE    40\n    VAR    ${x}    ${x}${x}\nEND")]
    [InlineData("VAR    ${x}    ${{'x' * 1000000}}\nFOR    ${i}    IN RANGE    40\n    ${x} =    Catenate    ${x}    ${x}\nEND")]
    [InlineData("Evaluate    'x' * 10 ** 9")]
    public void Run_TextThatGrowsWithoutEnd_FailsWithMemoryError(string body)
    {
        using var runs = new RobotRuns();
        Assert.Contains("MemoryError", runs.RunTest(body).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_HugeListInALoop_FailsWithMemoryError()
    {
        using var runs = new RobotRuns();
        Assert.Contains("MemoryError", runs.RunTest("VAR    ${range}    ${{range(10 ** 12)}}\nFOR    ${i}    IN    @{range}\n    BREAK\nEND").Message, StringComparison.Ordinal);
    }
}
