using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using Google.Protobuf;
using UsbCall = Grpc.Core.AsyncDuplexStreamingCall<FarmAgent.Api.V1.AttachUsbDeviceRequest, FarmAgent.Api.V1.AttachUsbDeviceResponse>;

namespace FarmAgent.Agent.Tests.Tunnels.UsbDevices;

/// <summary>Attachments of a board's devices as USB devices, and what they mean for others.</summary>
public sealed class UsbAttachmentTests : IAsyncLifetime
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
    public async Task List_PluggedAndUnplugged_IsWhatIsThere()
    {
        var plugged = await NamesAsync();
        await _agent.BreakAsync(new Fault { UnplugProbe = new UnplugProbe() });

        Assert.Equal(["probe", "i2c0", "i2c0"], [.. plugged, .. await NamesAsync()]);
    }

    [Fact]
    public async Task Attached_TwoDevices_RealtimeLastsUntilTheLastIsDetached()
    {
        using var probe = await AttachAsync("probe");
        using var adapter = await AttachAsync("i2c0");

        await DetachAsync(probe);
        var between = await ClockModeAsync();
        await DetachAsync(adapter);

        Assert.Equal((ClockMode.Realtime, ClockMode.Lockstep), (between, await ClockModeAsync()));
    }

    [Fact]
    public async Task Attached_Adapter_LeavesTheProbeAndTheReceiptAlone()
    {
        await _agent.FlashAsync(_lease, "expander.elf");

        using var adapter = await AttachAsync("i2c0");

        Assert.NotNull((await _agent.BoardAsync()).FlashContent.Receipt);
        Assert.NotNull((await _agent.FlashAsync(_lease, "expander.elf"))[^1].Event.Receipt);
    }

    [Fact]
    public async Task Attached_ProbeUnpluggedWhileNothingIsAsked_EndsWithThatReason()
    {
        using var probe = await AttachAsync("probe");
        await _agent.BreakAsync(new Fault { UnplugProbe = new UnplugProbe() });

        var end = await TestAgent.FailAsync(() => probe.ResponseStream.MoveNext(TestAgent.Cancellation));

        Assert.Equal("PROBE_DISCONNECTED", end.Reason);
    }

    [Fact]
    public async Task Attached_AdapterWithNothingToDo_EndsWithTheLease()
    {
        using var adapter = await AttachAsync("i2c0");
        await _agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = _lease }, cancellationToken: TestAgent.Cancellation);

        var end = await TestAgent.FailAsync(() => adapter.ResponseStream.MoveNext(TestAgent.Cancellation));

        Assert.Equal(("LEASE_LOST", ExitCodes.LeaseLost), (end.Reason, end.ExitCode));
    }

    [Theory]
    [InlineData(0x80u, 7, 0, 0u)]
    [InlineData(0x100u, 8, 0, 0u)]
    [InlineData(0x81u, 0, 0, 0x0010_0001u)]
    [InlineData(0x02u, 0, 0x0010_0001, 0u)]
    public async Task Transfer_OfAWrongShape_EndsTheAttachment(uint endpoint, int setup, int data, uint length)
    {
        using var adapter = await AttachAsync("i2c0");
        var transfer = new UsbTransfer
        {
            Endpoint = endpoint,
            Setup = ByteString.CopyFrom(new byte[setup]),
            Data = ByteString.CopyFrom(new byte[data]),
            Length = length,
        };
        await adapter.RequestStream.WriteAsync(new AttachUsbDeviceRequest { Transfer = transfer }, TestAgent.Cancellation);

        Assert.Equal("REQUEST_INVALID", (await TestAgent.FailAsync(() => adapter.ResponseStream.MoveNext(TestAgent.Cancellation))).Reason);
    }

    [Fact]
    public async Task Attach_UnknownDevice_SaysWhatThereIs()
    {
        var refused = await TestAgent.FailAsync(() => AttachAsync("i2c7"));

        Assert.Equal("I2C_ADAPTER_UNKNOWN", refused.Reason);
    }

    private static async Task DetachAsync(UsbCall device)
    {
        await device.RequestStream.CompleteAsync();
        Assert.False(await device.ResponseStream.MoveNext(TestAgent.Cancellation));
    }

    private async Task<UsbCall> AttachAsync(string device)
    {
        var call = _agent.Client.Tunnels.AttachUsbDevice(cancellationToken: TestAgent.Cancellation);
        var attachment = new UsbAttachment { Board = TestAgent.Board, Lease = _lease, Device = device, Tool = "a test" };
        await call.RequestStream.WriteAsync(new AttachUsbDeviceRequest { Attach = attachment }, TestAgent.Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(TestAgent.Cancellation));
        Assert.Equal(device, call.ResponseStream.Current.Attached.Name);
        return call;
    }

    private async Task<IEnumerable<string>> NamesAsync() => (await _agent.Client.Tunnels.ListUsbDevicesAsync(
        new ListUsbDevicesRequest { Board = TestAgent.Board, Lease = _lease }, cancellationToken: TestAgent.Cancellation)).Devices.Select(d => d.Name);

    private async Task<ClockMode> ClockModeAsync() =>
        (await _agent.Client.Bench.GetBenchAsync(new GetBenchRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation)).ClockMode;
}
