using FarmAgent.Agent.Hosting;
using FarmAgent.Api.V1;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Agent.Tests.Hosting;

public sealed class BenchPaceTests
{
    [Fact]
    public void RunRealtime_SeveralStay_LockstepComesBackWithTheLast()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        var pace = new BenchPace(bench);
        var first = pace.RunRealtime();
        var second = pace.RunRealtime();
        first.Dispose();
        first.Dispose();
        var during = bench.ClockMode;
        second.Dispose();
        Assert.Equal((BenchClockMode.Realtime, BenchClockMode.Lockstep), (during, bench.ClockMode));
    }

    [Fact]
    public void Choose_WhileSomebodyStays_TakesEffectAfterwards()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Realtime);
        var pace = new BenchPace(bench);
        var stay = pace.RunRealtime();
        pace.Choose(BenchClockMode.Lockstep);
        var during = bench.ClockMode;
        stay.Dispose();
        Assert.Equal((BenchClockMode.Realtime, BenchClockMode.Lockstep), (during, bench.ClockMode));
    }

    [Fact]
    public async Task TailSerial_Followed_TheBenchRunsToWallTimeMeanwhile()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = (await agent.LeaseAsync()).Name;
        await agent.FlashAsync(lease, "expander.elf");

        // Nobody advances the bench: the firmware's banner comes because somebody follows the console.
        using var call = agent.Client.Serial.TailSerial(new TailSerialRequest { Board = TestAgent.Board, Follow = true }, cancellationToken: TestAgent.Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(TestAgent.Cancellation));
        var bench = await agent.Client.Bench.GetBenchAsync(new GetBenchRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation);
        Assert.Equal(ClockMode.Realtime, bench.ClockMode);
    }
}
