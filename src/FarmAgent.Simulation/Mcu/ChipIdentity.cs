using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Cpu.Debugging;

namespace FarmAgent.Simulation.Mcu;

/// <summary>What a chip says of itself; it tells a copy from ST's own.</summary>
/// <param name="DebugPort">DPIDR.</param>
/// <param name="Device">DBGMCU_IDCODE.</param>
/// <param name="FlashSizeWord">Word at 0x1FFFF7E0, whose lower half is the flash size in KiB.</param>
/// <param name="RomTable">Identification of the ROM table.</param>
internal sealed record ChipIdentity(uint DebugPort, uint Device, uint FlashSizeWord, ComponentIdentity RomTable)
{
    private const uint CortexM3 = 0x1BA0_1477;
    private const uint LaterCore = 0x2BA0_1477;

    // Medium density: revision Y of ST, and the one revision of GigaDevice.
    private const uint RevisionY = 0x2003_6410;
    private const uint GigaDevice = 0x1303_0410;
    private const uint RamKiB = 20;

    /// <summary>The identity of a bench's chip.</summary>
    public static ChipIdentity Of(BenchTarget target)
    {
        var size = (uint)target.NominalFlashKiB;
        return target.Variant switch
        {
            BenchChipVariant.Cs32F103 => new ChipIdentity(LaterCore, RevisionY, 0, ComponentIdentity.CoreDefault),
            BenchChipVariant.Cks32F103 => new ChipIdentity(LaterCore, RevisionY, uint.MaxValue, ComponentIdentity.CoreDefault),
            BenchChipVariant.Gd32F103 => new ChipIdentity(CortexM3, GigaDevice, (RamKiB << 16) | size, ComponentIdentity.CoreDefault),
            _ => new ChipIdentity(CortexM3, RevisionY, 0xFFFF_0000 | size, ComponentIdentity.MediumDensityChip),
        };
    }
}
