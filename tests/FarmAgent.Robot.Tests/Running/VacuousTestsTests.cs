namespace FarmAgent.Robot.Tests.Running;

public sealed class VacuousTestsTests : IDisposable
{
    private readonly RobotRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void VacuousTests_PassedWithoutAssertion_AreListed()
    {
        _runs.Run("*** Test Cases ***\nEmpty\n    Log    x\nReal\n    Should Be Equal    1    1\nFailing\n    Fail\n");
        Assert.Equal(["Empty"], _runs.Result!.VacuousTests.Select(test => test.Name));
    }
}
