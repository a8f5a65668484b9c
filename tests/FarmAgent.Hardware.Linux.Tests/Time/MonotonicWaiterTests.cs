using System.Diagnostics;
using FarmAgent.Hardware.Linux.Time;

namespace FarmAgent.Hardware.Linux.Tests.Time;

public sealed class MonotonicWaiterTests
{
    private readonly MonotonicWaiter _clock = new();

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(3000)]
    public void Wait_Microseconds_LastsAtLeastThatLong(int microseconds)
    {
        var before = _clock.Elapsed;

        _clock.Wait(TimeSpan.FromMicroseconds(microseconds), TestContext.Current.CancellationToken);

        Assert.True(_clock.Elapsed - before >= TimeSpan.FromMicroseconds(microseconds));
    }

    [Fact]
    public async Task Wait_Cancelled_EndsEarly()
    {
        using var cancelling = new CancellationTokenSource();
        var waiting = Task.Run(() => _clock.Wait(TimeSpan.FromMinutes(10), cancelling.Token), TestContext.Current.CancellationToken);
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void FromKernel_TimeOfTheKernel_IsOnThisClock()
    {
        var before = _clock.Elapsed;
        var kernel = (ulong)(Stopwatch.GetTimestamp() * (1_000_000_000.0 / Stopwatch.Frequency));
        var after = _clock.Elapsed;

        // A double holds an uptime to less than a microsecond.
        Assert.InRange(_clock.FromKernel(kernel), before - TimeSpan.FromMilliseconds(1), after + TimeSpan.FromMilliseconds(1));
    }
}
