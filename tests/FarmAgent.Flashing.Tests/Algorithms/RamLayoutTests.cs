using FarmAgent.Flashing.Algorithms;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Targets;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Flashing.Tests.Algorithms;

public sealed class RamLayoutTests
{
    public static TheoryData<ushort> DeviceIds => [.. TargetRegistry.BuiltIn.All.Where(d => !d.IsReadOnly).Select(d => d.DeviceId)];

    [Theory]
    [MemberData(nameof(DeviceIds))]
    public void SlotsEnd_LargestChipOfAKind_LiesInTheSmallestRam(ushort deviceId)
    {
        var description = TargetRegistry.BuiltIn.All.Single(d => !d.IsReadOnly && d.DeviceId == deviceId);
        var layout = new RamLayout(Target(description));
        Assert.InRange(layout.SlotsEnd, layout.Slots + 1, description.Ram.Start + (uint)description.LoaderRamBytes);
    }

    [Fact]
    public void Spare_Word_LiesBetweenTheRoutineAndItsResults()
    {
        var layout = new RamLayout(Target(TargetRegistry.BuiltIn.All[0]));
        Assert.InRange(layout.Spare, layout.CrcCode + (uint)Stm32F1Code.Crc.Length + 28, layout.Results - 4);
    }

    private static FlashTarget Target(TargetDescription description) => new()
    {
        Description = description,
        Identity = new TargetIdentity(0, 0, 0),
        Geometry = new FlashGeometry(description.FlashBase, description.LargestFlashKiB * 1024, description.SectorBytes),
        UniqueId = string.Empty,
        Warnings = [],
    };
}
