using FarmAgent.Robot.Results;
using FarmAgent.Robot.Tests.Conformance;
using TestResult = FarmAgent.Robot.Results.TestResult;

namespace FarmAgent.Robot.Tests.Running;

/// <summary>What a run costs must not depend on how much ran before. Counted in allocated bytes, which are the same everywhere; times are not.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class GrowthTests
{
    private const double Tolerance = 0.2;

    [Theory]
    [InlineData("No Operation")]
    [InlineData("Should Be Equal    ${i}    ${i}")]
    [InlineData("Own Keyword    ${i}")]
    [InlineData("VAR    ${x}    ${i}")]
    public void Run_Loop_AllocatesAsMuchForLateRoundsAsForEarlyOnes(string step)
    {
        var meter = new Meter();
        using var runs = new RobotRuns { Listeners = [meter] };
        runs.RunTest($"FOR    ${{i}}    IN RANGE    100000    104200\n    {step}\nEND", "*** Keywords ***\nOwn Keyword\n    [Arguments]    ${x}\n    No Operation");
        var (early, late) = (meter.Rounds[400] - meter.Rounds[200], meter.Rounds[4_100] - meter.Rounds[3_900]);
        Assert.InRange(late, early * (1 - Tolerance), early * (1 + Tolerance));
    }

    [Fact]
    public void Run_ManyTests_AllocatesAsMuchForLateTestsAsForEarlyOnes()
    {
        var meter = new Meter();
        using var runs = new RobotRuns { Listeners = [meter] };
        runs.Run("*** Test Cases ***\n" + string.Concat(Enumerable.Range(10_000, 2_200).Select(i => $"Test {i}\n    [Tags]    a    b\n    Log    {i}\n")));
        var (early, late) = (meter.Tests[200] - meter.Tests[100], meter.Tests[2_100] - meter.Tests[2_000]);
        Assert.InRange(late, early * (1 - Tolerance), early * (1 + Tolerance));
    }

    [Fact]
    public void Run_LongLoopWithLog_KeepsNothingOfItsRounds()
    {
        var meter = new Meter { LiveAt = [500, 20_500] };
        using var runs = new RobotRuns { Listeners = [meter] };
        runs.Run("*** Test Cases ***\nTest\n    FOR    ${i}    IN RANGE    20600\n        Log    message ${i}\n    END\n", "--log", "log.html");
        Assert.True(meter.Live[1] - meter.Live[0] < 256 * 1024, $"{meter.Live[1] - meter.Live[0]} more bytes are alive after 20,000 rounds.");
    }

    /// <summary>Reads the allocation counter of the thread that runs the suite, and what is alive at certain rounds.</summary>
    private sealed class Meter : IRobotListener
    {
        public List<long> Rounds { get; } = new(32_768);

        public List<long> Tests { get; } = [];

        public IReadOnlyList<int> LiveAt { get; init; } = [];

        public List<long> Live { get; } = [];

        public void StartTest(TestResult test) => Tests.Add(GC.GetAllocatedBytesForCurrentThread());

        public void StartIteration(IterationResult iteration)
        {
            Rounds.Add(GC.GetAllocatedBytesForCurrentThread());
            if (LiveAt.Contains(Rounds.Count))
            {
                Live.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }
    }
}
