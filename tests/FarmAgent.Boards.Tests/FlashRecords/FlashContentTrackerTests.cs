using FarmAgent.Boards.FlashRecords;
using FarmAgent.Flashing;

namespace FarmAgent.Boards.Tests.FlashRecords;

public sealed class FlashContentTrackerTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly MemoryFlashRecords _store = new();
    private readonly FlashContentTracker _tracker;

    public FlashContentTrackerTests() => _tracker = new FlashContentTracker(_store);

    [Fact]
    public void Get_NeverFlashed_SaysSo() => Assert.Equal("never flashed by this agent", _tracker.Get("b1").InvalidReason);

    [Fact]
    public async Task Flash_WithReceipt_IsProvenAtTwoWrites()
    {
        await FlashAsync();

        Assert.Equal((true, 2), (_tracker.Get("b1").IsProven, _store.Writes));
    }

    [Fact]
    public async Task Flash_AtWork_IsNotProven()
    {
        await FlashAsync();
        await _tracker.BeginAsync(Flashes.Intent, None);

        Assert.False(_tracker.Get("b1").IsProven);
    }

    [Fact]
    public async Task Begin_OtherOperationAtWork_IsRefused()
    {
        await _tracker.BeginAsync(Flashes.Intent, None);

        var error = await Assert.ThrowsAsync<BoardException>(() => _tracker.BeginAsync(Flashes.Intent with { OperationId = "op-3" }, None));

        Assert.Equal("FLASH_IN_PROGRESS", error.Reason);
    }

    [Fact]
    public async Task Begin_IntentCannotBeWritten_LeavesWhatWasKnown()
    {
        await FlashAsync();
        _store.Failure = new IOException("disk full");

        await Assert.ThrowsAsync<IOException>(() => _tracker.BeginAsync(Flashes.Intent, None));

        Assert.True(_tracker.Get("b1").IsProven);
    }

    [Fact]
    public async Task Load_AfterRestart_ProofStillHolds()
    {
        await FlashAsync();

        Assert.True((await RestartAsync()).Get("b1").IsProven);
    }

    [Fact]
    public async Task Load_OperationWasAtWork_RangesAreUndefined()
    {
        await FlashAsync();
        await _tracker.BeginAsync(Flashes.Intent, None);

        var content = (await RestartAsync()).Get("b1");

        Assert.Equal(("flash of sha256:01234567 interrupted (the agent ended meanwhile)", false), (content.InvalidReason, content.IsProven));
        Assert.Equal(Flashes.Intent.Touched, content.Undefined);
    }

    [Fact]
    public async Task Abandon_WithUndefinedSectors_EndsTheProof()
    {
        await FlashAsync();
        await _tracker.BeginAsync(Flashes.Intent, None);

        await _tracker.AbandonAsync("b1", [new AddressRange(0x0800_0400, 0x400)], "cancelled", None);

        Assert.Equal("flash of sha256:01234567 interrupted (cancelled)", _tracker.Get("b1").InvalidReason);
        Assert.Equal([new AddressRange(0x0800_0400, 0x400)], _tracker.Get("b1").Undefined);
    }

    [Fact]
    public async Task Abandon_AllWrittenButNotVerified_ProvesNothing()
    {
        await FlashAsync();
        await _tracker.BeginAsync(Flashes.Intent, None);

        await _tracker.AbandonAsync("b1", [], "cancelled", None);

        var content = (await RestartAsync()).Get("b1");
        Assert.Equal((false, "flash of sha256:01234567 interrupted (cancelled, not verified)"), (content.IsProven, content.InvalidReason));
    }

    [Fact]
    public async Task Erase_Done_EndsTheProof()
    {
        await FlashAsync();
        await _tracker.BeginAsync(Flashes.Intent with { ImageSha256 = null }, None);

        await _tracker.CompleteEraseAsync("b1", [new AddressRange(0x0800_0000, 0x1_0000)], None);

        Assert.Equal("erased (0x08000000..0x0800FFFF)", _tracker.Get("b1").InvalidReason);
    }

    [Fact]
    public async Task ProbeRemoved_ProofHeld_EndsItDurably()
    {
        await FlashAsync();
        await _tracker.ProbeRemovedAsync("b1", None);

        Assert.Equal("the probe was unplugged since the last flash", (await RestartAsync()).Get("b1").InvalidReason);
    }

    [Fact]
    public async Task ProbeRemoved_NothingProven_WritesNothing()
    {
        await _tracker.ProbeRemovedAsync("b1", None);

        Assert.Equal(0, _store.Writes);
    }

    [Fact]
    public async Task Invalidate_ByTunnel_EndsTheProof()
    {
        await FlashAsync();
        await _tracker.InvalidateAsync("b1", "written by a tunnel", None);

        Assert.Equal("written by a tunnel", _tracker.Get("b1").InvalidReason);
    }

    [Fact]
    public async Task ChipSeen_TheSame_KeepsTheProof()
    {
        await FlashAsync();
        _tracker.ChipSeen("b1", Flashes.Proof.ProbeSerial, Flashes.Proof.DeviceIdCode, Flashes.Proof.ChipUniqueId);

        Assert.True(_tracker.Get("b1").IsProven);
    }

    [Theory]
    [InlineData("OTHER", 0x20036410u, null)]
    [InlineData("066DFF53", 0x20036413u, null)]
    [InlineData("066DFF53", 0x20036410u, "000000000000000000000000")]
    public async Task ChipSeen_Another_EndsTheProof(string probe, uint device, string? uniqueId)
    {
        await FlashAsync();
        _tracker.ChipSeen("b1", probe, device, uniqueId);

        Assert.StartsWith("another chip than the flashed one was found", _tracker.Get("b1").InvalidReason, StringComparison.Ordinal);
    }

    private async Task FlashAsync()
    {
        await _tracker.BeginAsync(Flashes.Intent, None);
        await _tracker.CompleteFlashAsync(Flashes.Proof, None);
    }

    private async Task<FlashContentTracker> RestartAsync()
    {
        var tracker = new FlashContentTracker(_store);
        await tracker.LoadAsync(None);
        return tracker;
    }
}
