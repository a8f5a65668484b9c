using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using FarmAgent.TestKit;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Services;

/// <summary>What looks at the flash, joins images, and changes protections, through the API on the virtual bench.</summary>
public sealed class FlashVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("verbs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(VerifyMethod.Crc)]
    [InlineData(VerifyMethod.Readback)]
    public async Task Verify_FlashedImage_ListsItsPages(VerifyMethod method)
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.FlashAsync(lease.Name, "expander.elf");

        var last = await VerifyAsync(agent, lease.Name, "expander.elf", method);

        Assert.Equal(method, last.Verified.VerifyMethod);
        Assert.Equal(4, last.Verified.Sectors.Count);
    }

    [Fact]
    public async Task Verify_OtherImage_FailsAndLeavesTheReceipt()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.FlashAsync(lease.Name, "expander.elf");

        var error = await TestAgent.FailAsync(() => VerifyAsync(agent, lease.Name, "blinky.elf", VerifyMethod.Crc));

        Assert.Equal("VERIFY_MISMATCH", error.Reason);
        Assert.NotNull((await agent.BoardAsync()).FlashContent.Receipt);
    }

    [Fact]
    public async Task CombineImages_Apart_AreFlashedWithOneReceipt()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        var request = new CombineImagesRequest { Images = { await UploadAsync(agent, "expander.elf"), await UploadBytesAsync(agent, 0x0800_8000) } };

        var image = (await agent.Client.Flash.CombineImagesAsync(request, cancellationToken: TestAgent.Cancellation)).Image;
        using var call = agent.Client.Flash.Flash(new FlashRequest { Board = TestAgent.Board, Lease = lease.Name, Image = image.Name }, cancellationToken: TestAgent.Cancellation);
        var events = await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation);

        Assert.Equal("srec", image.Format);
        Assert.Equal(0x0800_8000u, events[^1].Event.Receipt.Sectors[^1].Address);
    }

    [Fact]
    public async Task CombineImages_Overlapping_AreRefused()
    {
        await using var agent = await TestAgent.StartAsync();
        var request = new CombineImagesRequest { Images = { await UploadAsync(agent, "expander.elf"), await UploadBytesAsync(agent, 0x0800_0100) } };

        var error = await TestAgent.FailAsync(() => agent.Client.Flash.CombineImagesAsync(request, cancellationToken: TestAgent.Cancellation).ResponseAsync);

        Assert.Equal("IMAGE_OVERLAP", error.Reason);
    }

    [Fact]
    public async Task SetOptionBytes_WriteProtection_IsInForceAndRefusesTheFlash()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();

        var set = await SetAsync(agent, lease.Name, r =>
        {
            (r.SetWriteProtection, r.Data0) = (true, 0x5A);
            r.WriteProtected.Add(new AddressRange { Start = 0x0800_0000, Length = 1 });
        });
        var error = await TestAgent.FailAsync(() => agent.FlashAsync(lease.Name, "expander.elf"));

        Assert.Equal((0x5Au, 0x1000u), (set.Data0, Assert.Single(set.WriteProtected).Length));
        Assert.Equal("WRITE_PROTECTED", error.Reason);
        Assert.Empty((await SetAsync(agent, lease.Name, r => r.SetWriteProtection = true)).WriteProtected);
        await agent.FlashAsync(lease.Name, "expander.elf");
    }

    [Fact]
    public async Task SetOptionBytes_ReadProtectionWithoutAcceptedLoss_ChangesNothing()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();

        var error = await TestAgent.FailAsync(() => SetAsync(agent, lease.Name, r => r.ReadProtected = true));

        Assert.Equal("LOSS_NOT_ACCEPTED", error.Reason);
        Assert.False((await ShowAsync(agent, lease.Name)).ReadProtected);
    }

    [Fact]
    public async Task SetOptionBytes_ProtectedAndUnprotected_ErasesAndSaysSo()
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = await agent.LeaseAsync();
        await agent.FlashAsync(lease.Name, "expander.elf");

        await SetAsync(agent, lease.Name, r => (r.ReadProtected, r.AcceptedLoss) = (true, AcceptedLoss.FlashAccess));
        var protectedError = await TestAgent.FailAsync(() => agent.FlashAsync(lease.Name, "expander.elf"));
        var refused = await TestAgent.FailAsync(() => SetAsync(agent, lease.Name, r => r.ReadProtected = false));
        var open = await SetAsync(agent, lease.Name, r => (r.ReadProtected, r.AcceptedLoss) = (false, AcceptedLoss.FlashContent));

        Assert.Equal(("READ_PROTECTED", "LOSS_NOT_ACCEPTED"), (protectedError.Reason, refused.Reason));
        Assert.False(open.ReadProtected);
        Assert.Null((await agent.BoardAsync()).FlashContent.Receipt);
        await agent.FlashAsync(lease.Name, "expander.elf");
    }

    private static async Task<OperationEvent> VerifyAsync(TestAgent agent, string lease, string firmware, VerifyMethod method)
    {
        var request = new VerifyRequest { Board = TestAgent.Board, Lease = lease, Image = await UploadAsync(agent, firmware), VerifyMethod = method };
        using var call = agent.Client.Flash.Verify(request, cancellationToken: TestAgent.Cancellation);
        return (await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation))[^1].Event;
    }

    private static async Task<OptionBytes> SetAsync(TestAgent agent, string lease, Action<SetOptionBytesRequest> change)
    {
        var request = new SetOptionBytesRequest { Board = TestAgent.Board, Lease = lease };
        change(request);
        using var call = agent.Client.Flash.SetOptionBytes(request, cancellationToken: TestAgent.Cancellation);
        return (await call.ResponseStream.ReadAllAsync(TestAgent.Cancellation).ToListAsync(TestAgent.Cancellation))[^1].Event.OptionBytes;
    }

    private static async Task<OptionBytes> ShowAsync(TestAgent agent, string lease) => (await agent.Client.Flash.GetOptionBytesAsync(
        new GetOptionBytesRequest { Board = TestAgent.Board, Lease = lease }, cancellationToken: TestAgent.Cancellation)).OptionBytes;

    private static async Task<string> UploadAsync(TestAgent agent, string firmware) =>
        (await agent.Client.UploadImageAsync(RepositoryFiles.At("tests/dut-firmware/bin/" + firmware), 0, TestAgent.Cancellation)).Name;

    private async Task<string> UploadBytesAsync(TestAgent agent, uint address)
    {
        var path = Path.Combine(_folder, "data.bin");
        await File.WriteAllBytesAsync(path, [1, 2, 3, 4], TestAgent.Cancellation);
        return (await agent.Client.UploadImageAsync(path, address, TestAgent.Cancellation)).Name;
    }
}
