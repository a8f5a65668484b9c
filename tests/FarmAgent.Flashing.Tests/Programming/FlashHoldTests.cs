using FarmAgent.Flashing.Programming;

namespace FarmAgent.Flashing.Tests.Programming;

/// <summary>A flash that stands still in the middle of a sector, as long as somebody needs to look at it.</summary>
public sealed class FlashHoldTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly FlashBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Program_HeldAndReleased_EndsWithAReceipt()
    {
        var flash = StartHeld(CancellationToken.None);
        _bench.Bench.Faults.ReleaseFlash();
        Assert.Equal(4, (await flash.WaitAsync(Limit)).SectorsProgrammed);
    }

    [Fact]
    public async Task Program_CancelledWhileHeld_StopsAfterTheRelease()
    {
        using var cancel = new CancellationTokenSource();
        var flash = StartHeld(cancel.Token);
        await cancel.CancelAsync();
        _bench.Bench.Faults.ReleaseFlash();
        var error = await Assert.ThrowsAsync<FlashInterruptedException>(() => flash.WaitAsync(Limit));
        Assert.Equal("FLASH_INTERRUPTED", error.Reason);
    }

    [Fact]
    public async Task Program_UnpluggedWhileHeld_IsDisconnectedInTheSectorOfTheHold()
    {
        var flash = StartHeld(CancellationToken.None);
        _bench.Bench.Faults.UnplugProbe();
        _bench.Bench.Faults.ReleaseFlash();
        var error = await Assert.ThrowsAsync<FlashInterruptedException>(() => flash.WaitAsync(Limit));
        Assert.Equal("PROBE_DISCONNECTED", error.Reason);
        Assert.Contains(error.Undefined, r => r.Start <= FlashBench.FlashBase + 2000 && r.End > FlashBench.FlashBase + 2000);
    }

    private Task<FlashReceipt> StartHeld(CancellationToken cancellationToken)
    {
        _bench.Bench.Faults.HoldFlash(halfWord: 1000);
        var image = cancellationToken.CanBeCanceled ? FlashBench.Noise(16384) : FlashBench.Noise(4096);
        var flash = Task.Factory.StartNew(
            () => _bench.Flash(image, cancellationToken: cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(SpinWait.SpinUntil(() => _bench.Bench.Faults.IsFlashHeld || flash.IsCompleted, Limit), "The flash was never held.");
        Assert.False(flash.IsCompleted, "The flash ended before it was held.");
        return flash;
    }
}
