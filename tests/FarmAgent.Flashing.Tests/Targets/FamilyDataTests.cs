using System.Globalization;
using FarmAgent.Flashing.Programming;
using FarmAgent.Flashing.Targets;
using FarmAgent.Probes;
using FarmAgent.Probes.Sessions;
using FarmAgent.TestKit.Probes;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Flashing.Tests.Targets;

public sealed class FamilyDataTests
{
    /// <summary>Device, core, erase unit in bytes (the smallest), address of the flash size: typed in from the manuals' tables.</summary>
    private const string Table = """
        444 C20 1024 1FFFF7CC
        445 C20 1024 1FFFF7CC
        440 C20 1024 1FFFF7CC
        448 C20 2048 1FFFF7CC
        442 C20 2048 1FFFF7CC
        411 C23 16384 1FFF7A22
        422 C24 2048 1FFFF7CC
        446 C24 2048 1FFFF7CC
        438 C24 2048 1FFFF7CC
        439 C24 2048 1FFFF7CC
        432 C24 2048 1FFFF7CC
        413 C24 16384 1FFF7A22
        411 C24 16384 1FFF7A22
        419 C24 16384 1FFF7A22
        423 C24 16384 1FFF7A22
        433 C24 16384 1FFF7A22
        431 C24 16384 1FFF7A22
        441 C24 16384 1FFF7A22
        458 C24 16384 1FFF7A22
        421 C24 16384 1FFF7A22
        434 C24 16384 1FFF7A22
        463 C24 16384 1FFF7A22
        449 C27 32768 1FF0F442
        451 C27 32768 1FF0F442
        452 C27 16384 1FF07A22
        457 C60 128 1FF8007C
        425 C60 128 1FF8007C
        417 C60 128 1FF8007C
        447 C60 128 1FF8007C
        416 C23 256 1FF8004C
        429 C23 256 1FF8004C
        427 C23 256 1FF800CC
        436 C23 256 1FF800CC
        437 C23 256 1FF800CC
        415 C24 2048 1FFF75E0
        435 C24 2048 1FFF75E0
        461 C24 2048 1FFF75E0
        462 C24 2048 1FFF75E0
        464 C24 2048 1FFF75E0
        470 C24 4096 1FFF75E0
        471 C24 4096 1FFF75E0
        472 D21 2048 0BFA05E0
        466 C60 2048 1FFF75E0
        456 C60 2048 1FFF75E0
        460 C60 2048 1FFF75E0
        467 C60 2048 1FFF75E0
        468 C24 2048 1FFF75E0
        469 C24 2048 1FFF75E0
        479 C24 2048 1FFF75E0
        484 D21 8192 08FFF80C
        474 D21 8192 08FFF80C
        455 D21 8192 0BFA07A0
        482 D21 8192 0BFA07A0
        481 D21 8192 0BFA07A0
        476 D21 8192 0BFA07A0
        494 C24 2048 1FFF75E0
        495 C24 4096 1FFF75E0
        496 C24 4096 1FFF75E0
        497 C24 2048 1FFF75E0
        443 C60 2048 1FFF75A0
        453 C60 2048 1FFF75A0
        44C C60 2048 1FFF75A0
        493 C60 2048 1FFF75A0
        44D C60 2048 1FFF75A0
        """;

    [Fact]
    public void BuiltIn_ReadOnlyKinds_AreThoseOfTheTable()
    {
        var found = TargetRegistry.BuiltIn.All.Where(d => d.IsReadOnly)
            .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.DeviceId:X3} {d.CorePart:X3} {d.SectorBytes} {d.FlashSizeAddress:X8}"));
        Assert.Equal(Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(), found.Order());
    }

    [Theory]
    [InlineData(0x433, 512, "16 16 16 16 64 128 128 128")]
    [InlineData(0x423, 256, "16 16 16 16 64 128")]
    [InlineData(0x458, 128, "16 16 16 16 64")]
    [InlineData(0x419, 2048, "16 16 16 16 64 128 128 128 128 128 128 128 16 16 16 16 64 128 128 128 128 128 128 128")]
    [InlineData(0x449, 1024, "32 32 32 32 128 256 256 256")]
    public void SectorSizes_KindWithASectorMap_FollowsIt(int device, int flashKiB, string kiB) =>
        Assert.Equal(kiB, string.Join(' ', Kind(device).SectorSizes(flashKiB).Select(bytes => bytes / 1024)));

    [Fact]
    public void Identify_SizeInTheUpperHalfOfAWord_IsRead()
    {
        using var session = Open(0x410F_C241, 0x1000_6431, 0x1FFF_7A20, 0x0200_BEEF);
        Assert.Equal("STM32F411, 512 KiB", TargetRegistry.BuiltIn.Identify(session, "STM32F411CE").ToString());
    }

    [Fact]
    public void Identify_SizeByNumber_IsLookedUp()
    {
        using var session = Open(0x411F_C231, 0x1000_6436, 0x1FF8_00CC, 1);
        Assert.Equal(256 * 1024, TargetRegistry.BuiltIn.Identify(session, null).Geometry.Bytes);
    }

    [Fact]
    public void Identify_SameDeviceWithAnotherCore_IsAnotherKind()
    {
        using var session = Open(0x410F_C241, 0x0000_6411, 0x1FFF_7A20, 0x0400_0000);
        Assert.Equal("STM32F4", TargetRegistry.BuiltIn.Identify(session, null).Description.Family);
    }

    [Fact]
    public void NewProgrammer_ReadOnlyKind_IsRefused()
    {
        using var session = Open(0x410F_C241, 0x1000_6431, 0x1FFF_7A20, 0x0200_0000);
        var target = TargetRegistry.BuiltIn.Identify(session, null);
        var error = Assert.Throws<TargetException>(() => new FlashProgrammer(session, target, new SteppedWaiter()));
        Assert.Equal(("FAMILY_UNVERIFIED", "STM32F4"), (error.Reason, error.Facts["family"]));
    }

    private static DebugSession Open(uint cpu, uint device, uint sizeAddress, uint size)
    {
        var chip = new FakeTarget();
        chip.Words[0xE000_ED00] = cpu;
        chip.Words[0xE004_2000] = device;
        chip.Words[sizeAddress] = size;
        return DebugSession.Open(chip, new DebugSessionOptions(), new SteppedWaiter(), CancellationToken.None);
    }

    private static TargetDescription Kind(int device) => TargetRegistry.BuiltIn.All.Single(d => d.DeviceId == device);
}
