using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Tunnels;

/// <summary>A program that is not ours at the board's ST-LINK: what it can do, what others cannot meanwhile, and how it ends.</summary>
public sealed class TunnelServiceTests : IAsyncLifetime
{
    private static readonly byte[] GetVersion = [0xF1, .. new byte[15]];
    private TestAgent _agent = null!;
    private string _lease = "";

    public async ValueTask InitializeAsync()
    {
        _agent = await TestAgent.StartAsync();
        _lease = (await _agent.LeaseAsync()).Name;
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    [Fact]
    public async Task Attach_FreeProbe_NamesItAndPassesCommands()
    {
        using var tool = await AttachAsync();

        var version = await PassAsync(tool, GetVersion, 6);

        Assert.Equal([0x29, 0x47, 0x83, 0x04, 0x48, 0x37], version.Data.ToByteArray());
    }

    [Fact]
    public async Task Attached_OtherUseOfTheProbe_IsRefusedUntilItIsOver()
    {
        var read = new ReadMemoryRequest { Board = TestAgent.Board, Lease = _lease, Address = 0x1FFF_F7E8, Length = 12 };
        using (var tool = await AttachAsync())
        {
            var refused = await TestAgent.FailAsync(() => _agent.Client.Debug.ReadMemoryAsync(read, cancellationToken: TestAgent.Cancellation).ResponseAsync);
            Assert.Equal(("PROBE_IN_USE", 3, "OpenOCD"), (refused.Reason, refused.ExitCode, refused.Metadata["tool"]));
            Assert.Contains($"attached to OpenOCD since {refused.Metadata["since"]}", refused.Message, StringComparison.Ordinal);
            await DetachAsync(tool);
        }

        Assert.Equal(12, (await _agent.Client.Debug.ReadMemoryAsync(read, cancellationToken: TestAgent.Cancellation)).Data.Length);
    }

    [Fact]
    public async Task Attached_Flash_IsRefusedAndNothingIsUndefined()
    {
        using var tool = await AttachAsync();

        var refused = await TestAgent.FailAsync(() => _agent.FlashAsync(_lease, "expander.elf"));

        Assert.Equal("PROBE_IN_USE", refused.Reason);
        Assert.Empty((await _agent.BoardAsync()).FlashContent.Undefined);
        await DetachAsync(tool);
        Assert.NotNull((await _agent.FlashAsync(_lease, "expander.elf"))[^1].Event.Receipt);
    }

    [Fact]
    public async Task Attached_SecondProgram_IsRefused()
    {
        using var tool = await AttachAsync();

        var refused = await TestAgent.FailAsync(() => AttachAsync());

        Assert.Equal("PROBE_IN_USE", refused.Reason);
    }

    [Fact]
    public async Task Attached_LeaseReleased_CutsTheProgramOffWithTheReason()
    {
        using var tool = await AttachAsync();

        await _agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = _lease }, cancellationToken: TestAgent.Cancellation);

        var end = await TestAgent.FailAsync(() => tool.ResponseStream.MoveNext(TestAgent.Cancellation));
        Assert.Equal(("LEASE_LOST", ExitCodes.LeaseLost), (end.Reason, end.ExitCode));
    }

    [Fact]
    public async Task Attached_FlashedBoard_ForgetsTheReceipt()
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        Assert.NotNull((await _agent.BoardAsync()).FlashContent.Receipt);

        using var tool = await AttachAsync();
        await PassAsync(tool, GetVersion, 6);

        var content = (await _agent.BoardAsync()).FlashContent;
        Assert.Null(content.Receipt);
        Assert.Contains("OpenOCD", content.InvalidReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attached_LockstepBench_RunsInRealtimeMeanwhile()
    {
        using var tool = await AttachAsync();
        var meanwhile = await ClockModeAsync();
        await DetachAsync(tool);

        Assert.Equal((ClockMode.Realtime, ClockMode.Lockstep), (meanwhile, await ClockModeAsync()));
    }

    [Fact]
    public async Task Attached_AgentStops_CutsTheProgramOffWithTheReason()
    {
        using var tool = await AttachAsync();
        var stopping = _agent.Host.DisposeAsync().AsTask();

        var end = await TestAgent.FailAsync(() => tool.ResponseStream.MoveNext(TestAgent.Cancellation));

        Assert.Equal("AGENT_STOPPING", end.Reason);
        await stopping;
    }

    [Fact]
    public async Task Attached_ProbeUnplugged_EndsWithThatReason()
    {
        using var tool = await AttachAsync();
        await _agent.BreakAsync(new Fault { UnplugProbe = new UnplugProbe() });

        var end = await TestAgent.FailAsync(() => PassAsync(tool, GetVersion, 6));

        Assert.Equal("PROBE_DISCONNECTED", end.Reason);
    }

    [Theory]
    [InlineData(15, 0, 0)]
    [InlineData(16, 6145, 0)]
    [InlineData(16, 0, 6145)]
    [InlineData(16, 4, 4)]
    public async Task Command_OfAWrongShape_EndsTheAttachment(int command, int data, int reply)
    {
        using var tool = await AttachAsync();
        var exchange = new StLinkExchange { Command = ByteString.CopyFrom(new byte[command]), Data = ByteString.CopyFrom(new byte[data]), ReplyLength = (uint)reply };
        await tool.RequestStream.WriteAsync(new AttachStLinkRequest { Exchange = exchange }, TestAgent.Cancellation);

        var end = await TestAgent.FailAsync(() => tool.ResponseStream.MoveNext(TestAgent.Cancellation));

        Assert.Equal("REQUEST_INVALID", end.Reason);
    }

    [Fact]
    public async Task Command_WithoutAReply_IsReportedAndTheAttachmentGoesOn()
    {
        using var tool = await AttachAsync();

        // An unknown top-level command has no reply at all.
        var lost = await PassAsync(tool, [0xEE, .. new byte[15]], 2);
        var version = await PassAsync(tool, GetVersion, 6);

        Assert.NotEmpty(lost.Problem);
        Assert.Equal(("", 6), (version.Problem, version.Data.Length));
    }

    private static async Task<StLinkReply> PassAsync(AsyncDuplexStreamingCall<AttachStLinkRequest, AttachStLinkResponse> tool, byte[] command, uint reply)
    {
        var exchange = new StLinkExchange { Command = ByteString.CopyFrom(command), ReplyLength = reply };
        await tool.RequestStream.WriteAsync(new AttachStLinkRequest { Exchange = exchange }, TestAgent.Cancellation);
        Assert.True(await tool.ResponseStream.MoveNext(TestAgent.Cancellation));
        return tool.ResponseStream.Current.Reply;
    }

    private static async Task DetachAsync(AsyncDuplexStreamingCall<AttachStLinkRequest, AttachStLinkResponse> tool)
    {
        await tool.RequestStream.CompleteAsync();
        Assert.False(await tool.ResponseStream.MoveNext(TestAgent.Cancellation));
    }

    private async Task<AsyncDuplexStreamingCall<AttachStLinkRequest, AttachStLinkResponse>> AttachAsync()
    {
        var call = _agent.Client.Tunnels.AttachStLink(cancellationToken: TestAgent.Cancellation);
        var attachment = new StLinkAttachment { Board = TestAgent.Board, Lease = _lease, Tool = "OpenOCD" };
        await call.RequestStream.WriteAsync(new AttachStLinkRequest { Attach = attachment }, TestAgent.Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(TestAgent.Cancellation));
        var probe = call.ResponseStream.Current.Attached;
        Assert.Equal((0x0483u, 0x3748u, 24), (probe.VendorId, probe.ProductId, probe.Serial.Length));
        return call;
    }

    private async Task<ClockMode> ClockModeAsync() =>
        (await _agent.Client.Bench.GetBenchAsync(new GetBenchRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation)).ClockMode;
}
