using System.Buffers.Binary;

namespace FarmAgent.Simulation.Tests.Faults;

public sealed class PowerFaultTests : IDisposable
{
    private const uint Flash = 0x0800_0000;

    private readonly FaultBench _bench = new();

    [Fact]
    public void PowerOff_AtAHalfWord_LeavesItUndefinedAndThoseBeforeWhole()
    {
        using var host = new StLinkHost(_bench.Bench);
        host.PrepareProgramming();
        _bench.Make("kind: power-off, of: half-words, at: 2, for: 5ms");
        host.WriteHalfWords(Flash, 0x11, 0x11, 0x22, 0x22, 0x33, 0x33);
        _bench.Advance(10);

        using var again = new StLinkHost(_bench.Bench, reopen: host);
        again.PrepareProgramming();
        var word = again.ReadWord(Flash);
        Assert.Equal(0x1111u, word & 0xFFFF);
        Assert.NotEqual(0x2222u, word >> 16);
        Assert.Equal(0x2222u, (word >> 16) & 0x2222);
        Assert.Contains(_bench.Bench.Notices, n => n.Text.Contains("undefined", StringComparison.Ordinal));
    }

    [Fact]
    public void BrownOut_AboveTheResetThreshold_IsOnlyMeasured()
    {
        using var host = new StLinkHost(_bench.Bench);
        host.PrepareProgramming();
        _bench.Make("kind: brown-out, volts: 2.1");
        var seen = Volts(host);
        host.ReadWord(Flash);
        Assert.InRange(seen, 2.05, 2.15);
    }

    [Fact]
    public void BrownOut_BelowTheResetThreshold_TheChipStartsAgainAfterwards()
    {
        using var firmware = new FirmwareOnFaultBench("expander");
        firmware.Make("kind: brown-out, volts: 1.5, for: 2ms");
        firmware.Bench.Advance(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
        var during = firmware.Bench.Chip.IsPowered;
        firmware.Bench.Advance(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        Assert.Equal((false, true), (during, firmware.Bench.Chip.IsPowered));
        Assert.Equal(2, firmware.CountBanners());
    }

    [Fact]
    public void BrownOut_TwoAtOnce_TheDeeperOneCounts()
    {
        using var host = new StLinkHost(_bench.Bench);
        _bench.Make("kind: brown-out, volts: 2.5");
        var deep = _bench.Make("kind: brown-out, volts: 2.0, for: 1s");
        var both = Volts(host);
        _bench.Bench.Faults.Clear(deep);
        Assert.InRange(both, 1.95, 2.05);
        Assert.InRange(Volts(host), 2.45, 2.55);
    }

    [Fact]
    public void SwapChip_IsBlankAndHasItsOwnUniqueId()
    {
        using var host = new StLinkHost(_bench.Bench);
        _bench.Bench.Chip.Flash.Preload([1, 2, 3, 4]);
        _bench.Make("kind: swap-chip, uid: AAAAAAAABBBBBBBBCCCCCCCC");
        host.PrepareProgramming();
        Assert.Equal((0xFFFF_FFFFu, 0xAAAA_AAAAu), (host.ReadWord(Flash), host.ReadWord(0x1FFF_F7E8)));
    }

    [Fact]
    public void SwapChip_WhileADebuggerIsAttached_ItsSessionIsGone()
    {
        using var host = new StLinkHost(_bench.Bench);
        host.PrepareProgramming();
        _bench.Make("kind: swap-chip, uid: AAAAAAAABBBBBBBBCCCCCCCC");
        Assert.Equal(0x05, host.Ask(8, 0xF2, 0x36, 0, 0, 0, 8)[0]);
    }

    [Fact]
    public void SwapChip_Cleared_TheFirstChipIsBackWithItsFirmware()
    {
        using var firmware = new FirmwareOnFaultBench("expander");
        var swap = firmware.Make("kind: swap-chip, uid: AAAAAAAABBBBBBBBCCCCCCCC");
        firmware.Bench.Advance(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        var blank = firmware.ProbesExpander();
        firmware.Bench.Faults.Clear(swap);
        firmware.Bench.Advance(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        Assert.Equal((false, true), (blank, firmware.ProbesExpander()));
    }

    [Fact]
    public void SwapChip_TimeGoesOnAsBefore()
    {
        _bench.Advance(50);
        _bench.Make("kind: swap-chip, uid: AAAAAAAABBBBBBBBCCCCCCCC");
        _bench.Advance(50);
        Assert.InRange(_bench.Bench.Elapsed.TotalMilliseconds, 100, 100.01);
    }

    public void Dispose() => _bench.Dispose();

    private static double Volts(StLinkHost host)
    {
        var reply = host.Ask(8, 0xF7);
        return 2.4 * BinaryPrimitives.ReadUInt32LittleEndian(reply.AsSpan(4)) / BinaryPrimitives.ReadUInt32LittleEndian(reply);
    }
}
