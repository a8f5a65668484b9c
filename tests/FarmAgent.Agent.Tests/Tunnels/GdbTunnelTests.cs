using System.Text;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tests.Tunnels;

/// <summary>gdb at a leased board's chip: what others cannot do meanwhile, what becomes of the receipt, and how it ends.</summary>
public sealed class GdbTunnelTests : IAsyncLifetime
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
    public async Task Attach_FreeBoard_NamesTheChipAndServes()
    {
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);

        Assert.Equal(("STM32F103C8", "Cortex-M3 r1p1", 65536u), (gdb.Target.Chip, gdb.Target.Core, gdb.Target.FlashBytes));
        Assert.Equal("10640320", await gdb.AskAsync("me0042000,4"));
    }

    [Fact]
    public async Task Attached_OtherUseOfTheProbe_IsRefusedUntilItIsOver()
    {
        var read = new ReadMemoryRequest { Board = TestAgent.Board, Lease = _lease, Address = 0x1FFF_F7E8, Length = 12 };
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
        var refused = await TestAgent.FailAsync(() => _agent.Client.Debug.ReadMemoryAsync(read, cancellationToken: TestAgent.Cancellation).ResponseAsync);
        var flash = await TestAgent.FailAsync(() => _agent.FlashAsync(_lease, "expander.elf"));
        await gdb.DetachAsync();

        Assert.Equal(("PROBE_IN_USE", 3, "gdb", "PROBE_IN_USE"), (refused.Reason, refused.ExitCode, refused.Metadata["tool"], flash.Reason));
        Assert.Contains($"since {refused.Metadata["since"]}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(12, (await _agent.Client.Debug.ReadMemoryAsync(read, cancellationToken: TestAgent.Cancellation)).Data.Length);
    }

    [Fact]
    public async Task Attached_SecondGdb_IsRefused()
    {
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);

        var refused = await TestAgent.FailAsync(() => AttachRawAsync());

        Assert.Equal("PROBE_IN_USE", refused.Reason);
    }

    [Fact]
    public async Task Attached_LockstepBench_RunsInRealtimeMeanwhile()
    {
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
        var meanwhile = await ClockModeAsync();
        await gdb.DetachAsync();

        Assert.Equal((ClockMode.Realtime, ClockMode.Lockstep), (meanwhile, await ClockModeAsync()));
    }

    [Fact]
    public async Task LeaseReleased_Idle_TheReasonIsTheNextAnswerAndTheStatus()
    {
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);

        await _agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = _lease }, cancellationToken: TestAgent.Cancellation);

        Assert.StartsWith("E.LEASE_LOST: ", await gdb.NextAsync(), StringComparison.Ordinal);
        var end = await TestAgent.FailAsync(() => gdb.NextAsync());
        Assert.Equal(("LEASE_LOST", ExitCodes.LeaseLost), (end.Reason, end.ExitCode));
    }

    [Fact]
    public async Task LeaseReleased_WhileTheCoreRuns_IsPrintedAndEndsTheProgram()
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
        await gdb.SendAsync("vCont;c");

        await _agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = _lease }, cancellationToken: TestAgent.Cancellation);

        Assert.Contains("LEASE_LOST", ConsoleText(await gdb.NextAsync()), StringComparison.Ordinal);
        Assert.Equal("X0f", await gdb.NextAsync());
        Assert.Equal("LEASE_LOST", (await TestAgent.FailAsync(() => gdb.NextAsync())).Reason);
    }

    [Fact]
    public async Task AgentStops_Attached_SaysSo()
    {
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
        var stopping = _agent.Host.DisposeAsync().AsTask();

        Assert.StartsWith("E.AGENT_STOPPING: ", await gdb.NextAsync(), StringComparison.Ordinal);
        await stopping;
    }

    [Fact]
    public async Task ProbeUnplugged_EndsWithThatReason()
    {
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
        await _agent.BreakAsync(new Fault { UnplugProbe = new UnplugProbe() });

        Assert.StartsWith("E.PROBE_DISCONNECTED: ", await gdb.AskAsync("g"), StringComparison.Ordinal);
        Assert.Equal("PROBE_DISCONNECTED", (await TestAgent.FailAsync(() => gdb.NextAsync())).Reason);
    }

    [Fact]
    public async Task Receipt_AfterLooking_Holds()
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
        await gdb.AskAsync("m20000000,40");
        await gdb.AskAsync("vCont;s");
        await gdb.DetachAsync();

        Assert.NotNull((await _agent.BoardAsync()).FlashContent.Receipt);
    }

    [Fact]
    public async Task Receipt_AfterAWriteToMemory_IsForgotten()
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
        Assert.Equal("OK", await gdb.AskAsync("M20001000,4:01020304"));

        var content = (await _agent.BoardAsync()).FlashContent;
        Assert.Null(content.Receipt);
        Assert.Equal("memory was written by gdb since the last flash", content.InvalidReason);
    }

    [Fact]
    public async Task Load_EndsWithAReceiptOfWhatWasLoaded()
    {
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
        await gdb.AskAsync("vFlashErase:08000000,00000400");
        await gdb.AskAsync("vFlashWrite:08000000:0123456789");
        Assert.Equal("OK", await gdb.AskAsync("vFlashDone"));
        Assert.Equal("303132333435363738" + "39ff", await gdb.AskAsync("m08000000,b"));

        var receipt = (await _agent.BoardAsync()).FlashContent.Receipt;
        Assert.NotNull(receipt);
        Assert.Equal(("gdb-load.hex", _lease), (receipt.FileName, receipt.Lease));
        Assert.Contains(gdb.Notes, n => n.Contains(receipt.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Load_SameBytesAgain_ChangesNothing()
    {
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await gdb.AskAsync("vFlashErase:08000000,00000400");
            await gdb.AskAsync("vFlashWrite:08000000:0123456789");
            await gdb.AskAsync("vFlashDone");
        }

        Assert.Equal((0, 1), ((await _agent.BoardAsync()).FlashContent.Receipt.Plan.ProgramSectors, (await _agent.BoardAsync()).FlashContent.Receipt.Plan.IdenticalSectors));
    }

    [Fact]
    public async Task Erase_WithoutALoad_ErasesAndForgetsTheReceipt()
    {
        await _agent.FlashAsync(_lease, "expander.elf");
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
        await gdb.AskAsync("vFlashErase:08000000,00010000");
        Assert.Equal("OK", await gdb.AskAsync("vFlashDone"));
        Assert.Equal("ffffffff", await gdb.AskAsync("m08000000,4"));
        Assert.Contains("erased", (await _agent.BoardAsync()).FlashContent.InvalidReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachment_WithoutItsFirstMessage_IsInvalid()
    {
        using var call = _agent.Client.Tunnels.AttachGdb(cancellationToken: TestAgent.Cancellation);
        await call.RequestStream.CompleteAsync();

        Assert.Equal("REQUEST_INVALID", (await TestAgent.FailAsync(() => call.ResponseStream.MoveNext(TestAgent.Cancellation))).Reason);
    }

    private static string ConsoleText(string packet) => Encoding.ASCII.GetString(Convert.FromHexString(packet[1..]));

    private async Task AttachRawAsync()
    {
        using var gdb = await GdbConversation.AttachAsync(_agent, _lease);
    }

    private async Task<ClockMode> ClockModeAsync() =>
        (await _agent.Client.Bench.GetBenchAsync(new GetBenchRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation)).ClockMode;
}
