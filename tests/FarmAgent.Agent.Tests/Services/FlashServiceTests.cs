using FarmAgent.Agent.Stores;
using FarmAgent.Api.Errors;
using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using FarmAgent.Boards.FlashRecords;
using Grpc.Core;
using AddressRange = FarmAgent.Flashing.AddressRange;

namespace FarmAgent.Agent.Tests.Services;

public sealed class FlashServiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flash-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("expander.elf")]
    [InlineData("expander.hex")]
    [InlineData("expander.bin")]
    public async Task Flash_BlankChip_EndsWithAReceipt(string firmware)
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();

        var events = await agent.FlashAsync(lease.Name, firmware);
        var receipt = events[^1].Event.Receipt;

        Assert.Equal(Enumerable.Range(1, events.Count).Select(i => (long)i), events.Select(e => e.Event.Sequence));
        Assert.Contains(events, e => e.Event.Plan is { ProgramSectors: > 0 });
        Assert.NotNull(receipt);
        Assert.True(receipt.Virtual);
        Assert.NotEmpty(receipt.Sectors);
        Assert.Equal((lease.Name, 1), (receipt.Lease, receipt.Fence));
        Assert.Equal(receipt.Name, (await agent.BoardAsync()).FlashContent.Receipt.Name);
    }

    [Fact]
    public async Task Flash_SameImageAgain_ChangesNothingAndHasAReceiptAllTheSame()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.FlashAsync(lease.Name, "expander.elf");

        var receipt = (await agent.FlashAsync(lease.Name, "expander.elf"))[^1].Event.Receipt;

        Assert.Equal((0, 0), (receipt.Plan.EraseSectors, receipt.Plan.ProgramSectors));
        Assert.True(receipt.Plan.IdenticalSectors > 0);
    }

    [Fact]
    public async Task Flash_SameRequestId_AttachesToTheSameOperation()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();

        var first = await agent.FlashAsync(lease.Name, "expander.elf", r => r.RequestId = "job-1");
        var second = await agent.FlashAsync(lease.Name, "expander.elf", r => r.RequestId = "job-1");
        var receipts = await agent.Client.Flash.ListReceiptsAsync(new ListReceiptsRequest { RequestId = "job-1" }, cancellationToken: TestAgent.Cancellation);

        Assert.Equal(first[0].Operation, second[0].Operation);
        Assert.Equal(first[^1].Event.Receipt.Name, Assert.Single(receipts.Receipts).Name);
    }

    [Fact]
    public async Task WatchOperation_FromTheMiddle_GivesTheRest()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        var events = await agent.FlashAsync(lease.Name, "expander.elf");
        using var watch = agent.Client.Flash.WatchOperation(
            new WatchOperationRequest { Name = events[0].Operation, FromSequence = 3 }, cancellationToken: TestAgent.Cancellation);

        var rest = await watch.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation);

        Assert.Equal(events.Skip(2).Select(e => e.Event), rest.Select(r => r.Event));
    }

    [Fact]
    public async Task Flash_DryRun_PlansAndWritesNothing()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();

        var events = await agent.FlashAsync(lease.Name, "expander.elf", r => r.DryRun = true);
        var flash = await agent.Client.Debug.ReadMemoryAsync(
            new ReadMemoryRequest { Board = TestAgent.Board, Lease = lease.Name, Address = 0x0800_0000, Length = 64 }, cancellationToken: TestAgent.Cancellation);

        Assert.NotNull(events[^1].Event.Plan);
        Assert.All(flash.Data, b => Assert.Equal(0xFF, b));
        Assert.Null((await agent.BoardAsync()).FlashContent.Receipt);
    }

    [Fact]
    public async Task Flash_ClientGoneWhileHeld_EndsAllTheSame()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.BreakAsync(new Fault { HoldFlash = new HoldFlash { HalfWord = 1000 } });
        var request = new FlashRequest { Board = TestAgent.Board, Lease = lease.Name, Image = await agent.UploadAsync("expander.elf"), RequestId = "job-1" };
        using (var call = agent.Client.Flash.Flash(request, cancellationToken: TestAgent.Cancellation))
        {
            await UntilAsync(async () => (await BenchAsync(agent)).FlashHeld);
        }

        await agent.BreakAsync(new Fault { ReleaseFlash = new ReleaseFlash() });
        using var again = agent.Client.Flash.Flash(request, cancellationToken: TestAgent.Cancellation);
        var events = await again.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation);

        Assert.NotNull(events[^1].Event.Receipt);
    }

    [Fact]
    public async Task CancelOperation_InTheMiddle_StopsAtAPageAndTheBoardSaysWhatIsUndefined()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.BreakAsync(new Fault { HoldFlash = new HoldFlash { HalfWord = 100 } });
        var request = new FlashRequest { Board = TestAgent.Board, Lease = lease.Name, Image = await agent.UploadAsync("expander.elf"), RequestId = "job-1" };
        using var call = agent.Client.Flash.Flash(request, cancellationToken: TestAgent.Cancellation);
        await UntilAsync(async () => (await BenchAsync(agent)).FlashHeld);

        var cancelling = agent.Client.Flash.CancelOperationAsync(new CancelOperationRequest { RequestId = "job-1" }, cancellationToken: TestAgent.Cancellation);
        await UntilAsync(() => Task.FromResult(agent.Host.Core.Operations.Get("", "job-1").Cancelled.IsCancellationRequested));
        await agent.BreakAsync(new Fault { ReleaseFlash = new ReleaseFlash() });
        var operation = (await cancelling).Operation;
        var content = (await agent.BoardAsync()).FlashContent;

        Assert.Equal(OperationState.Cancelled, operation.State);
        Assert.NotEmpty(operation.Undefined);
        Assert.Equal(operation.Undefined, content.Undefined);
        Assert.Contains("interrupted", content.InvalidReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flash_ProbeUnplugged_SaysSo()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.BreakAsync(new Fault { UnplugProbe = new UnplugProbe() });

        var error = await TestAgent.FailAsync(() => agent.FlashAsync(lease.Name, "expander.elf"));

        Assert.Equal(("PROBE_NOT_FOUND", ExitCodes.BenchError), (error.Reason, error.ExitCode));
        Assert.Equal(BoardState.Leased, (await agent.BoardAsync()).State);
    }

    [Fact]
    public async Task UnplugProbe_FlashedBoard_ReceiptHoldsNoLonger()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.FlashAsync(lease.Name, "expander.elf");

        await agent.BreakAsync(new Fault { UnplugProbe = new UnplugProbe() });
        await agent.BreakAsync(new Fault { ReplugProbe = new ReplugProbe() });

        Assert.Null((await agent.BoardAsync()).FlashContent.Receipt);
    }

    [Fact]
    public async Task Erase_FlashedBoard_NothingIsVouchedForAnyMore()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.FlashAsync(lease.Name, "expander.elf");
        var request = new EraseRequest { Board = TestAgent.Board, Lease = lease.Name };
        using var call = agent.Client.Flash.Erase(request, cancellationToken: TestAgent.Cancellation);
        var events = await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation);

        Assert.Equal(64, events[^1].Event.Erased.Sectors);
        Assert.Contains("erased", (await agent.BoardAsync()).FlashContent.InvalidReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broken.hex", ":020000040800F2\n:0400000001020304F3\n", "IMAGE_CORRUPT")]
    [InlineData("empty.bin", "", "IMAGE_EMPTY")]
    [InlineData("named.elf", "no elf at all", "IMAGE_FORMAT")]
    public async Task UploadImage_NoImage_SaysWhy(string name, string content, string reason)
    {
        await using var agent = await TestAgent.StartAsync();
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, content, TestAgent.Cancellation);

        var error = await TestAgent.FailAsync(() => agent.Client.UploadImageAsync(file, 0, TestAgent.Cancellation));

        Assert.Equal((reason, ExitCodes.BadInput), (error.Reason, error.ExitCode));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flash_ImageLargerThanTheFlash_WritesNothing()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        var file = Path.Combine(_folder, "big.bin");
        await File.WriteAllBytesAsync(file, new byte[80 * 1024], TestAgent.Cancellation);
        var image = await agent.Client.UploadImageAsync(file, 0, TestAgent.Cancellation);

        var error = await TestAgent.FailAsync(async () =>
        {
            using var call = agent.Client.Flash.Flash(new FlashRequest { Board = TestAgent.Board, Lease = lease.Name, Image = image.Name });
            await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation);
        });

        Assert.Equal(("IMAGE_OUTSIDE_FLASH", ExitCodes.BadInput), (error.Reason, error.ExitCode));
        Assert.Empty((await agent.BoardAsync()).FlashContent.Undefined);
    }

    [Fact]
    public async Task Flash_UnknownImage_IsNotFound()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();

        var error = await TestAgent.FailAsync(async () =>
        {
            using var call = agent.Client.Flash.Flash(new FlashRequest { Board = TestAgent.Board, Lease = lease.Name, Image = "images/sha256:../../etc/passwd" });
            await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation);
        });

        Assert.Equal(("IMAGE_UNKNOWN", StatusCode.NotFound), (error.Reason, error.Status));
    }

    [Fact]
    public async Task Restart_AfterAFlash_ReceiptHolds()
    {
        string receipt;
        await using (var agent = await TestAgent.StartAsync(o => o with { State = _folder }))
        {
            receipt = (await agent.FlashAsync((await agent.LeaseAsync()).Name, "expander.elf"))[^1].Event.Receipt.Name;
        }

        await using var again = await TestAgent.StartAsync(o => o with { State = _folder });
        var receipts = await again.Client.Flash.ListReceiptsAsync(new ListReceiptsRequest(), cancellationToken: TestAgent.Cancellation);

        Assert.Equal(receipt, Assert.Single(receipts.Receipts).Name);
    }

    [Fact]
    public async Task Start_AgentEndedInTheMiddleOfAFlash_BoardSaysWhatIsUndefined()
    {
        using (var database = new StateDatabase(Path.Combine(_folder, "state.db"), TimeProvider.System))
        {
            await new FlashRecordStore(database, new StateRoom(_folder, 0)).SaveIntentAsync(
                new FlashIntent
                {
                    Board = "b1",
                    OperationId = "o-1",
                    ImageSha256 = new string('a', 64),
                    FileName = "app.elf",
                    Touched = [new AddressRange(0x0800_0400, 2048)],
                    LeaseId = "l-1",
                    Time = DateTimeOffset.UnixEpoch,
                },
                TestAgent.Cancellation);
        }

        await using var agent = await TestAgent.StartAsync(o => o with { State = _folder });
        var content = (await agent.BoardAsync()).FlashContent;

        Assert.Contains("flash of sha256:aaaaaaaa interrupted", content.InvalidReason, StringComparison.Ordinal);
        Assert.Equal((0x0800_0400u, 2048u), (Assert.Single(content.Undefined).Start, content.Undefined[0].Length));
    }

    private static async Task<GetBenchResponse> BenchAsync(TestAgent agent) =>
        await agent.Client.Bench.GetBenchAsync(new GetBenchRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
