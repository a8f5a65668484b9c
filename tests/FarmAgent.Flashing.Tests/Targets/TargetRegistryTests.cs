using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware;

namespace FarmAgent.Flashing.Tests.Targets;

public sealed class TargetRegistryTests
{
    public static TheoryData<ushort> DeviceIds => [.. TargetRegistry.BuiltIn.All.Where(d => !d.IsReadOnly).Select(d => d.DeviceId)];

    [Theory]
    [MemberData(nameof(DeviceIds))]
    public void All_Device_HasSectorsThatDivideItsFlash(ushort deviceId) =>
        Assert.Equal(0, Find(deviceId).LargestFlashKiB * 1024 % Find(deviceId).SectorBytes);

    [Theory]
    [MemberData(nameof(DeviceIds))]
    public void All_Device_HasRamForTheLoaderAtItsLargestFlash(ushort deviceId)
    {
        // Code and results, one CRC a sector, and at least one slot with its header and tag.
        var device = Find(deviceId);
        var needed = 0x100 + (device.LargestFlashKiB * 1024 / device.SectorBytes * 4) + device.SectorBytes + 12;
        Assert.InRange(needed, 0, device.LoaderRamBytes);
    }

    [Fact]
    public void All_DevicesOfACore_AreUnique() =>
        Assert.Equal(TargetRegistry.BuiltIn.All.Count, TargetRegistry.BuiltIn.All.DistinctBy(d => (d.DeviceId, d.CorePart)).Count());

    [Theory]
    [InlineData("STM32F103C8T6")]
    [InlineData("stm32f103cb")]
    [InlineData("STM32F100RBT6B")]
    [InlineData("STM32F107VC")]
    [InlineData("STM32F407VG")]
    [InlineData("STM32F030C8")]
    [InlineData("STM32WB55RG")]
    public void RequirePart_KnownPart_IsAccepted(string part) => TargetRegistry.BuiltIn.RequirePart(part);

    [Theory]
    [InlineData("")]
    [InlineData("STM32F103")]
    [InlineData("STM32F499VG")]
    [InlineData("STM32F103CG")]
    [InlineData("LPC1768")]
    public void RequirePart_AnotherPart_IsRefused(string part) =>
        Assert.Equal("CHIP_NAME_UNKNOWN", Assert.Throws<RequestException>(() => TargetRegistry.BuiltIn.RequirePart(part)).Reason);

    private static TargetDescription Find(ushort deviceId) => TargetRegistry.BuiltIn.All.Single(d => !d.IsReadOnly && d.DeviceId == deviceId);
}
