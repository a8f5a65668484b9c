using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Gpio;

public sealed class VirtualEdgeStreamTests : IDisposable
{
    private readonly VirtualBench _bench = VirtualBench.Seed(BenchClockMode.Lockstep);
    private readonly VirtualBackend _backend;
    private readonly IGpioLine _line;
    private readonly WireEndpoint _other;

    public VirtualEdgeStreamTests()
    {
        _backend = _bench.OpenBackend();
        _line = _backend.OpenGpio("PG11");
        _line.ConfigureInput(GpioBias.PullDown);
        _other = _bench.Harness.Find("PA0").Add("test");
    }

    public void Dispose()
    {
        _line.Dispose();
        _backend.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public void TryRead_Edges_ComeInOrderWithTheTimeOfTheBench()
    {
        using var edges = _line.WatchEdges(GpioEdges.Both, TimeSpan.Zero);
        Drive(high: true, forMilliseconds: 3);
        Drive(high: false, forMilliseconds: 1);

        var first = Next(edges);
        var second = Next(edges);

        Assert.Equal((true, 1u, false, 2u), (first.Rising, first.Sequence, second.Rising, second.Sequence));
        Assert.Equal(TimeSpan.FromMilliseconds(3), second.Time - first.Time);
    }

    [Fact]
    public void TryRead_OnlyFalling_LeavesRisingOut()
    {
        using var edges = _line.WatchEdges(GpioEdges.Falling, TimeSpan.Zero);
        Drive(high: true, forMilliseconds: 1);
        Drive(high: false, forMilliseconds: 1);

        Assert.False(Next(edges).Rising);
        Assert.False(edges.TryRead(TimeSpan.Zero, out _));
    }

    [Fact]
    public void TryRead_Debounced_LeavesShortLevelsOut()
    {
        using var edges = _line.WatchEdges(GpioEdges.Both, TimeSpan.FromMilliseconds(5));
        Drive(high: true, forMilliseconds: 2);
        Drive(high: false, forMilliseconds: 20);
        Assert.False(edges.TryRead(TimeSpan.Zero, out _));

        Drive(high: true, forMilliseconds: 20);

        Assert.True(Next(edges).Rising);
    }

    [Fact]
    public void TryRead_MoreThanAreKept_ShowsTheGap()
    {
        using var edges = _line.WatchEdges(GpioEdges.Both, TimeSpan.Zero);
        for (var i = 0; i < 600; i++)
        {
            _other.Drive = PinDrive.High;
            _other.Drive = PinDrive.None;
        }

        Assert.Equal(177u, Next(edges).Sequence);
    }

    [Fact]
    public void WatchEdges_Output_IsRefused()
    {
        _line.ConfigureOutput(initialHigh: false);

        Assert.Equal("GPIO_NOT_INPUT", Assert.Throws<RequestException>(() => _line.WatchEdges(GpioEdges.Both, TimeSpan.Zero)).Reason);
    }

    [Fact]
    public void WatchEdges_Watched_IsRefusedUntilThatEnds()
    {
        var first = _line.WatchEdges(GpioEdges.Both, TimeSpan.Zero);
        Assert.Equal("GPIO_WATCHED", Assert.Throws<RequestException>(() => _line.WatchEdges(GpioEdges.Both, TimeSpan.Zero)).Reason);
        first.Dispose();

        _line.WatchEdges(GpioEdges.Both, TimeSpan.Zero).Dispose();
    }

    [Fact]
    public void TryRead_LineMadeOutput_Ends()
    {
        using var edges = _line.WatchEdges(GpioEdges.Both, TimeSpan.Zero);
        _line.ConfigureOutput(initialHigh: true);

        Assert.Throws<ObjectDisposedException>(() => edges.TryRead(TimeSpan.Zero, out _));
    }

    private static GpioEdge Next(IGpioEdgeStream edges)
    {
        Assert.True(edges.TryRead(TimeSpan.Zero, out var edge));
        return edge;
    }

    private void Drive(bool high, int forMilliseconds)
    {
        _other.Drive = high ? PinDrive.High : PinDrive.None;
        _bench.Advance(TimeSpan.FromMilliseconds(forMilliseconds), TestContext.Current.CancellationToken);
    }
}
