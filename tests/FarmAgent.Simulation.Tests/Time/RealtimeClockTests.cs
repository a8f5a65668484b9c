using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Time;

public sealed class RealtimeClockTests : IDisposable
{
    private readonly HandWoundTime _wall = new();
    private readonly BenchClock _clock;

    public RealtimeClockTests() => _clock = new BenchClock(_wall) { Mode = BenchClockMode.Realtime };

    [Fact]
    public void Elapsed_FollowsWallTime()
    {
        _wall.Wind(TimeSpan.FromMilliseconds(8));
        Assert.Equal(TimeSpan.FromMilliseconds(8), _clock.Elapsed);
    }

    [Fact]
    public void Spend_DoesNotRunAheadOfWallTime()
    {
        _clock.Spend(BenchTime.Second);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    [Fact]
    public void Lag_AfterAJumpOfWallTime_IsReported()
    {
        _wall.Wind(TimeSpan.FromSeconds(2));
        Assert.InRange(_clock.Lag, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Wait_EndsWhenWallTimeHasPassed()
    {
        var waiting = Task.Run(() => _clock.Wait(TimeSpan.FromMilliseconds(5), CancellationToken.None));
        while (!waiting.IsCompleted)
        {
            _wall.Wind(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.True(_clock.Elapsed >= TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public void Mode_BackToLockstep_WallTimeNoLongerCounts()
    {
        _clock.Mode = BenchClockMode.Lockstep;
        var before = _clock.Elapsed;
        _wall.Wind(TimeSpan.FromMilliseconds(50));
        Assert.Equal(before, _clock.Elapsed);
    }

    [Fact]
    public async Task Wait_SwitchedToLockstepMeanwhile_Ends()
    {
        var waiting = Task.Run(() => _clock.Wait(TimeSpan.FromHours(1), CancellationToken.None));
        _clock.Mode = BenchClockMode.Lockstep;
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.InRange(_clock.Elapsed, TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));
    }

    [Fact]
    public void Frozen_WallTimePassesTheBenchByAndIsNoLag()
    {
        lock (_clock.Gate)
        {
            _clock.Freeze(TimeSpan.FromMinutes(1), static () => { });
            _wall.Wind(TimeSpan.FromSeconds(1));
            _clock.Thaw();
        }

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (_clock.Elapsed, _clock.Lag));
    }

    public void Dispose() => _clock.Dispose();
}
