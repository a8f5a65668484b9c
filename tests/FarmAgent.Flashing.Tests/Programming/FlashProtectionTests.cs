using FarmAgent.Flashing.Planning;
using FarmAgent.Hardware;
using FarmAgent.Probes;

namespace FarmAgent.Flashing.Tests.Programming;

public sealed class FlashProtectionTests : IDisposable
{
    private readonly FlashBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Program_ReadProtectedChip_IsRefusedBeforeAnythingIsWritten()
    {
        Protect(readProtection: 0x0000, writeProtection: 0xFF);
        Assert.Equal("READ_PROTECTED", Assert.Throws<TargetException>(() => _bench.Flash(FlashBench.Noise(2048))).Reason);
        Assert.Empty(_bench.Journal.Plans);
    }

    [Fact]
    public void Program_WriteProtectedSectors_AreNamedBeforeAnythingIsWritten()
    {
        Protect(readProtection: 0xA5, writeProtection: 0xFD);
        var error = Assert.Throws<TargetException>(() => _bench.Flash(FlashBench.Noise(6000)));
        Assert.Equal("WRITE_PROTECTED", error.Reason);
        Assert.Equal("0x08001000..0x080017FF", error.Facts["protected"]);
        Assert.Empty(_bench.Journal.Plans);
    }

    [Fact]
    public void Program_BesideWriteProtectedSectors_Succeeds()
    {
        Protect(readProtection: 0xA5, writeProtection: 0xFD);
        Assert.Equal(4, _bench.Flash(FlashBench.Noise(4096)).SectorsProgrammed);
    }

    [Theory]
    [InlineData("STM32F103RC", "0x414")]
    [InlineData("STM32F103CB", "128 KiB")]
    public void Identify_AnotherChipThanExpected_IsAMismatchWithBoth(string part, string expected)
    {
        using var session = _bench.Open();
        var error = Assert.Throws<TargetException>(() => _bench.NewProgrammer(session, part));
        Assert.Equal("CHIP_MISMATCH", error.Reason);
        Assert.Contains(expected, error.Facts["expected"], StringComparison.Ordinal);
        Assert.NotEmpty(error.Facts["actual"]);
    }

    [Fact]
    public void Erase_WholeFlash_IsErased()
    {
        _bench.Flash(FlashBench.Noise(65536));
        Assert.Equal(64, _bench.Erase(null).Sectors);
        Assert.Equal(FlashPlanner.BlankCrc(new FlashGeometry(0, 65536, 65536)), FlashCrc.Compute(_bench.ReadFlash(FlashBench.FlashBase, 65536)));
    }

    [Fact]
    public void Erase_Range_IsRoundedOutToSectorsAndSparesTheRest()
    {
        var image = FlashBench.Noise(4096);
        _bench.Flash(image);
        _bench.Erase(new AddressRange(FlashBench.FlashBase + 1500, 10));
        var wanted = image.Segments[0].Data.ToArray();
        wanted.AsSpan(1024, 1024).Fill(0xFF);
        Assert.Equal(wanted, _bench.ReadFlash(image));
    }

    [Fact]
    public void Erase_Range_IsAnnouncedFirst()
    {
        _bench.Erase(new AddressRange(FlashBench.FlashBase, 1024));
        Assert.Equal("0x08000000..0x080003FF", Assert.Single(Assert.Single(_bench.Journal.Erases)).ToString());
    }

    [Fact]
    public void Erase_RangeOutsideFlash_IsRefused()
    {
        var range = new AddressRange(FlashBench.FlashBase + 65536, 1024);
        Assert.Equal("RANGE_OUTSIDE_FLASH", Assert.Throws<RequestException>(() => _bench.Erase(range)).Reason);
    }

    private void Protect(ushort readProtection, ushort writeProtection)
    {
        using var session = _bench.Open();
        RawFlash.Protect(session, readProtection, writeProtection);
    }
}
