using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Time;

public sealed class BenchClockTests : IDisposable
{
    private readonly BenchClock _clock = new(TimeProvider.System);

    [Fact]
    public void Now_WithoutAnyCost_StandsStill() => Assert.Equal(0, _clock.Now);

    [Fact]
    public void Spend_InLockstep_MovesTheBenchOn()
    {
        _clock.Spend(5 * BenchTime.Microsecond);
        Assert.Equal(5 * BenchTime.Microsecond, _clock.Now);
    }

    [Fact]
    public void Wait_InLockstep_ReturnsAtOnceWithTheTimePassed()
    {
        _clock.Wait(TimeSpan.FromHours(3), CancellationToken.None);
        Assert.Equal(TimeSpan.FromHours(3), _clock.Elapsed);
    }

    [Fact]
    public void Wait_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(
        () => _clock.Wait(TimeSpan.FromSeconds(1), new CancellationToken(canceled: true)));

    [Fact]
    public void Schedule_SeveralCalls_RunInTheOrderOfTimeThenOfAsking()
    {
        var order = new List<int>();
        _clock.Schedule(20, () => order.Add(3));
        _clock.Schedule(10, () => order.Add(1));
        _clock.Schedule(10, () => order.Add(2));
        _clock.Spend(100);
        Assert.Equal([1, 2, 3], order);
    }

    [Fact]
    public void Schedule_ACallThatIsNotDue_DoesNotRun()
    {
        var ran = false;
        _clock.Schedule(101, () => ran = true);
        _clock.Spend(100);
        Assert.False(ran);
    }

    [Fact]
    public void Schedule_Disposed_DoesNotRun()
    {
        var ran = false;
        _clock.Schedule(10, () => ran = true).Dispose();
        _clock.Spend(100);
        Assert.False(ran);
    }

    [Fact]
    public void Schedule_FromACall_RunsWithinTheSameStretch()
    {
        var at = 0L;
        _clock.Schedule(10, () => _clock.Schedule(15, () => at = _clock.Now));
        _clock.Spend(100);
        Assert.Equal(15, at);
    }

    [Fact]
    public void WaitFor_ConditionMadeTrueByAnEvent_EndsAtThatEvent()
    {
        var done = false;
        _clock.Schedule(3 * BenchTime.Millisecond, () => done = true);
        Assert.True(_clock.WaitFor(() => done, BenchTime.Second, CancellationToken.None));
        Assert.Equal(3 * BenchTime.Millisecond, _clock.Now);
    }

    [Fact]
    public void WaitFor_ConditionNeverTrue_EndsAtItsLimit()
    {
        Assert.False(_clock.WaitFor(static () => false, BenchTime.Second, CancellationToken.None));
        Assert.Equal(BenchTime.Second, _clock.Now);
    }

    [Fact]
    public void Spend_WhileFrozen_ReturnsAndMovesNothing()
    {
        _clock.Freeze(TimeSpan.FromMinutes(1), static () => { });
        _clock.Spend(100);
        Assert.Equal(0, _clock.Now);
    }

    [Fact]
    public async Task Settle_WhileFrozen_EndsWhenAnotherThreadThaws()
    {
        _clock.Freeze(TimeSpan.FromMinutes(1), static () => { });
        _clock.BeginOperation();
        _clock.Spend(100);
        var due = _clock.EndOperation();
        var settling = Task.Run(() => _clock.Settle(due, static () => false));
        Assert.False(settling.IsCompleted);
        lock (_clock.Gate)
        {
            _clock.Thaw();
        }

        await settling.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(100, _clock.Now);
    }

    [Fact]
    public void Settle_WhileFrozenAndAborted_ReturnsAtOnce()
    {
        _clock.Freeze(TimeSpan.FromMinutes(1), static () => { });
        _clock.Spend(100);
        _clock.Settle(100, static () => true);
        Assert.Equal(0, _clock.Now);
    }

    [Fact]
    public void Wait_WhileFrozenPastTheLimit_ThawsAndSaysSo()
    {
        var expired = false;
        _clock.Freeze(TimeSpan.FromMilliseconds(1), () => expired = true);
        _clock.Wait(TimeSpan.FromSeconds(1), CancellationToken.None);
        Assert.Equal((true, TimeSpan.FromSeconds(1)), (expired, _clock.Elapsed));
    }

    [Fact]
    public void Wait_OnAClosedBench_ReturnsAtOnce()
    {
        _clock.Freeze(TimeSpan.FromMinutes(1), static () => { });
        _clock.Dispose();
        _clock.Wait(TimeSpan.FromHours(1), CancellationToken.None);
        Assert.Equal(TimeSpan.Zero, _clock.Elapsed);
    }

    public void Dispose() => _clock.Dispose();
}
