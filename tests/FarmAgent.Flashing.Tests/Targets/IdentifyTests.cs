using FarmAgent.Flashing.Targets;
using FarmAgent.Probes;
using FarmAgent.Probes.Sessions;
using FarmAgent.TestKit.Probes;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Flashing.Tests.Targets;

public sealed class IdentifyTests
{
    private const uint CpuId = 0xE000_ED00;
    private const uint DeviceId = 0xE004_2000;
    private const uint FlashSize = 0x1FFF_F7E0;

    [Theory]
    [InlineData(0x2003_6410u, 0xFFFF_0040u, "STM32F10x medium density, 64 KiB", 1024)]
    [InlineData(0x1000_6414u, 0x0000_0200u, "STM32F10x high density, 512 KiB", 2048)]
    [InlineData(0x1001_6420u, 0xFFFF_0080u, "STM32F100 value line, low and medium density, 128 KiB", 1024)]
    public void Identify_KnownChip_HasItsNameAndSectors(uint deviceId, uint flashSize, string name, int sectorBytes)
    {
        var target = Identify(Chip(deviceId, flashSize));
        Assert.Equal((name, sectorBytes), (target.ToString(), target.Geometry.SectorBytes));
    }

    [Theory]
    [InlineData(0x1000_6413u, 0x411F_C231u)]
    [InlineData(0x0000_0000u, 0x411F_C231u)]
    [InlineData(0x2003_6410u, 0x410F_C241u)]
    public void Identify_OtherDeviceOrCore_IsUnknown(uint deviceId, uint cpuId)
    {
        var chip = Chip(deviceId, 0xFFFF_0040);
        chip.Words[CpuId] = cpuId;
        var error = Assert.Throws<TargetException>(() => Identify(chip));
        Assert.Equal("CHIP_UNKNOWN", error.Reason);
        Assert.Equal($"0x{deviceId & 0xFFF:X3}", error.Facts["device_id"]);
    }

    [Fact]
    public void Identify_UnknownChipWhereOneIsExpected_IsAMismatch() =>
        Assert.Equal("CHIP_MISMATCH", Assert.Throws<TargetException>(() => Identify(Chip(0x1000_6413, 0x0400), "STM32F103C8")).Reason);

    [Theory]
    [InlineData(0x0000_0000u)]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0x0000_1234u)]
    public void Identify_NoFlashSize_AssumesTheLargestAndWarns(uint flashSize)
    {
        var target = Identify(Chip(0x2003_6410, flashSize));
        Assert.Equal(128 * 1024, target.Geometry.Bytes);
        Assert.Contains("flash size register", Assert.Single(target.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_NoFlashSizeOfANamedPart_AssumesThatOfThePart() =>
        Assert.Equal(64 * 1024, Identify(Chip(0x2003_6410, 0), "STM32F103C8T6").Geometry.Bytes);

    [Fact]
    public void Identify_RamSizeInTheUpperHalf_IsNotTakenForFlash() =>
        Assert.Equal(64 * 1024, Identify(Chip(0x2003_6410, 0x0014_0040)).Geometry.Bytes);

    [Fact]
    public void Identify_GivenSize_OverridesTheChip() => Assert.Equal(128 * 1024, Identify(Chip(0x2003_6410, 0x40), "STM32F103C8", 128).Geometry.Bytes);

    [Fact]
    public void Identify_CopyWithAnotherDebugPort_IsAWarning()
    {
        var chip = new FakeTarget { DebugPortId = 0x2BA0_1477 };
        chip.Words[FlashSize] = 0x40;
        Assert.Contains("0x2BA01477", Assert.Single(Identify(chip).Warnings), StringComparison.Ordinal);
    }

    private static FakeTarget Chip(uint deviceId, uint flashSize)
    {
        var chip = new FakeTarget();
        chip.Words[DeviceId] = deviceId;
        chip.Words[FlashSize] = flashSize;
        return chip;
    }

    private static FlashTarget Identify(FakeTarget chip, string? part = null, int? flashKiB = null)
    {
        using var session = DebugSession.Open(chip, new DebugSessionOptions(), new SteppedWaiter(), CancellationToken.None);
        return TargetRegistry.BuiltIn.Identify(session, part, flashKiB);
    }
}
