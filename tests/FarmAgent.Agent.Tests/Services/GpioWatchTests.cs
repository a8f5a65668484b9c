using FarmAgent.Api.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Services;

/// <summary>Edges of a host line over the real socket, made by real firmware on the virtual bench.</summary>
public sealed class GpioWatchTests : IAsyncLifetime
{
    private TestAgent _agent = null!;
    private string _lease = "";

    public async ValueTask InitializeAsync()
    {
        _agent = await TestAgent.StartAsync();
        _lease = (await _agent.LeaseAsync()).Name;
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    [Fact]
    public async Task WatchLine_FirmwareMovesThePin_StreamsTheEdge()
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        await _agent.Client.I2c.ConfigureExpanderAsync(
            new ConfigureExpanderRequest { Board = TestAgent.Board, Lease = _lease, Gpio = new ExpanderGpio { Index = 0, Port = 0, Pin = 0, Output = true } });
        using var call = Watch();
        var start = await NextAsync(call);

        await SetAsync(true);
        var rising = await NextAsync(call);
        await SetAsync(false);
        var falling = await NextAsync(call);

        Assert.Equal((LineEdge.Unspecified, false), (start.Edge, start.High));
        Assert.Equal((LineEdge.Rising, true, 1u), (rising.Edge, rising.High, rising.Sequence));
        Assert.Equal((LineEdge.Falling, false, 2u), (falling.Edge, falling.High, falling.Sequence));
        Assert.True(falling.BenchTime.ToTimeSpan() > rising.BenchTime.ToTimeSpan() && falling.Time.ToDateTime() > rising.Time.ToDateTime());
    }

    [Fact]
    public async Task WatchLine_LeaseReleased_EndsWithTheReason()
    {
        using var call = Watch();
        await NextAsync(call);

        await _agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = _lease });
        var error = await TestAgent.FailAsync(async () => await call.ResponseStream.MoveNext(TestAgent.Cancellation));

        Assert.Equal("LEASE_LOST", error.Reason);
    }

    [Fact]
    public async Task WatchLine_Output_SaysWhatToDo()
    {
        await _agent.Client.Gpio.SetLineAsync(new SetLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG11", High = true });
        using var call = Watch();

        var error = await TestAgent.FailAsync(async () => await call.ResponseStream.MoveNext(TestAgent.Cancellation));

        Assert.Equal(("GPIO_NOT_INPUT", 2), (error.Reason, error.ExitCode));
    }

    [Fact]
    public async Task PulseLine_OnTheVirtualBench_LastsAsLongAsAsked()
    {
        var pulse = await _agent.Client.Gpio.PulseLineAsync(
            new PulseLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG11", High = true, Duration = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(5)) });

        Assert.False(pulse.Line.High);
        Assert.Equal(TimeSpan.FromMilliseconds(5), pulse.Measured.ToTimeSpan());
    }

    [Fact]
    public async Task PulseLine_TooLong_IsRefused()
    {
        var error = await TestAgent.FailAsync(() => _agent.Client.Gpio.PulseLineAsync(
            new PulseLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG11", Duration = Duration.FromTimeSpan(TimeSpan.FromMinutes(5)) }).ResponseAsync);

        Assert.Equal("REQUEST_INVALID", error.Reason);
    }

    private static async Task<WatchLineResponse> NextAsync(AsyncServerStreamingCall<WatchLineResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(TestAgent.Cancellation));
        return call.ResponseStream.Current;
    }

    private AsyncServerStreamingCall<WatchLineResponse> Watch() =>
        _agent.Client.Gpio.WatchLine(new WatchLineRequest { Board = TestAgent.Board, Lease = _lease, Line = "PG11" }, cancellationToken: TestAgent.Cancellation);

    private async Task SetAsync(bool value) =>
        await _agent.Client.I2c.SetExpanderAsync(new SetExpanderRequest { Board = TestAgent.Board, Lease = _lease, Index = 0, Value = value });
}
