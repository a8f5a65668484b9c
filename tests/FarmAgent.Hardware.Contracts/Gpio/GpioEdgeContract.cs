using FarmAgent.Hardware.Gpio;

namespace FarmAgent.Hardware.Contracts.Gpio;

/// <summary>What an <see cref="IGpioEdgeStream"/> owes: order, numbers, times, debouncing, an end.</summary>
public abstract class GpioEdgeContract : HardwareContract
{
    // A kernel that ticks at 100 Hz is good for this; order is exact everywhere.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(100);

    /// <summary>A line that is free, an input, and reached from outside.</summary>
    protected abstract string Line { get; }

    /// <summary>Gives the wire a weak level from outside.</summary>
    protected abstract void Pull(bool high);

    [Fact]
    public void Watch_Output_IsRefused()
    {
        using var line = Backend.OpenGpio(Line);
        line.ConfigureOutput(initialHigh: false);
        Fails<RequestException>("GPIO_NOT_INPUT", () => line.WatchEdges(GpioEdges.Both, TimeSpan.Zero));
        line.ConfigureInput(GpioBias.AsIs);
    }

    [Fact]
    public void Watch_Twice_IsRefused()
    {
        using var line = OpenLow();
        using var edges = line.WatchEdges(GpioEdges.Both, TimeSpan.Zero);
        Fails<RequestException>("GPIO_WATCHED", () => line.WatchEdges(GpioEdges.Both, TimeSpan.Zero));
    }

    [Fact]
    public void TryRead_Nothing_EndsWithTheLimit()
    {
        using var line = OpenLow();
        using var edges = line.WatchEdges(GpioEdges.Both, TimeSpan.Zero);
        Assert.False(edges.TryRead(Short, out _));
    }

    [Fact]
    public void TryRead_Changes_ComeInOrderWithNumbersAndTimes()
    {
        using var line = OpenLow();
        using var edges = line.WatchEdges(GpioEdges.Both, TimeSpan.Zero);
        var pulled = new List<TimeSpan>();
        foreach (var level in (bool[])[true, false, true, false])
        {
            pulled.Add(Backend.Waiter.Elapsed);
            Pull(level);
            Backend.Waiter.Wait(Tick, CancellationToken.None);
        }

        var seen = Enumerable.Range(0, 4).Select(_ => Next(edges)).ToList();

        Assert.Equal([(true, 1u), (false, 2u), (true, 3u), (false, 4u)], seen.Select(e => (e.Rising, e.Sequence)));
        Assert.All(seen.Zip(pulled), pair => Assert.InRange(pair.First.Time - pair.Second, -Tick, Long));
        Assert.Equal(seen.Select(e => e.Time).Order(), seen.Select(e => e.Time));
        Assert.False(edges.TryRead(TimeSpan.Zero, out _));
    }

    [Theory]
    [InlineData(GpioEdges.Rising, true)]
    [InlineData(GpioEdges.Falling, false)]
    public void TryRead_OneDirection_LeavesTheOtherOut(GpioEdges wanted, bool rising)
    {
        using var line = OpenLow();
        using var edges = line.WatchEdges(wanted, TimeSpan.Zero);
        Pull(high: true);
        Pull(high: false);
        Assert.Equal(rising, Next(edges).Rising);
        Assert.False(edges.TryRead(Short, out _));
    }

    [Fact]
    public void TryRead_ShorterThanDebounce_IsNoChange()
    {
        using var line = OpenLow();
        using var edges = line.WatchEdges(GpioEdges.Both, Debounce);
        Pull(high: true);
        Pull(high: false);
        Backend.Waiter.Wait(3 * Debounce, CancellationToken.None);
        Assert.False(edges.TryRead(TimeSpan.Zero, out _));
    }

    [Fact]
    public void TryRead_LongerThanDebounce_IsOneChange()
    {
        using var line = OpenLow();
        using var edges = line.WatchEdges(GpioEdges.Both, Debounce);
        Pull(high: true);
        Pull(high: false);
        Pull(high: true);
        Backend.Waiter.Wait(3 * Debounce, CancellationToken.None);
        Assert.True(Next(edges).Rising);
        Assert.False(edges.TryRead(TimeSpan.Zero, out _));
    }

    [Fact]
    public void Watch_AfterAnEarlierOne_BeginsAnew()
    {
        using var line = OpenLow();
        using (var earlier = line.WatchEdges(GpioEdges.Both, TimeSpan.Zero))
        {
            Pull(high: true);
            Next(earlier);
            Pull(high: false);
        }

        using var edges = line.WatchEdges(GpioEdges.Both, TimeSpan.Zero);
        Pull(high: true);
        var first = Next(edges);
        Assert.Equal((true, 1u), (first.Rising, first.Sequence));
    }

    [Fact]
    public void ConfigureInput_Watched_EndsTheWatch()
    {
        using var line = OpenLow();
        var edges = line.WatchEdges(GpioEdges.Both, TimeSpan.Zero);
        line.ConfigureInput(GpioBias.AsIs);
        Assert.Throws<ObjectDisposedException>(() => edges.TryRead(Short, out _));
    }

    [Fact]
    public void Dispose_Line_EndsTheWatch()
    {
        var line = OpenLow();
        var edges = line.WatchEdges(GpioEdges.Both, TimeSpan.Zero);
        line.Dispose();
        Assert.Throws<ObjectDisposedException>(() => edges.TryRead(Short, out _));
        edges.Dispose();
    }

    private static GpioEdge Next(IGpioEdgeStream edges)
    {
        Assert.True(edges.TryRead(Long, out var edge), "An edge was not reported.");
        return edge;
    }

    private IGpioLine OpenLow()
    {
        var line = Backend.OpenGpio(Line);
        line.ConfigureInput(GpioBias.AsIs);
        Pull(high: false);
        return line;
    }
}
