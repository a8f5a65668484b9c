using System.Diagnostics;
using FarmAgent.Api.V1;
using FarmAgent.Keywords.Tests.Libraries;
using FarmAgent.Robot.Results;

namespace FarmAgent.Keywords.Tests.Sessions;

public sealed class BenchRobotClockTests(LeasedBench bench) : IClassFixture<LeasedBench>
{
    [Fact]
    public void Sleep_OnALockstepBench_AdvancesTheBenchInsteadOfWaiting()
    {
        var before = Elapsed();
        var started = Stopwatch.GetTimestamp();

        var test = Assert.Single(SuiteText.Run(bench.Session, "One\n    Sleep    1 hour\n"));

        Assert.Equal(Status.Pass, test.Status);
        Assert.True(Elapsed() - before >= TimeSpan.FromHours(1));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(10), "an hour of the bench was waited for");
    }

    private TimeSpan Elapsed() => bench.Session.Client.Bench.GetBench(new GetBenchRequest { Board = "boards/b1" }).Elapsed.ToTimeSpan();
}
