using System.Buffers.Binary;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>The 2 KiB that ST programs (RM0008 sections 3.3 and 30): the boot loader, which is blank here, flash size and unique id.</summary>
internal static class SystemMemory
{
    public const uint Start = 0x1FFF_F000;

    private const int Size = 0x800;
    private const int FlashSizeOffset = 0x7E0;
    private const int UniqueIdOffset = 0x7E8;

    /// <summary>Makes the region.</summary>
    /// <param name="flashSizeWord">Word whose lower half is the size of the main memory in KiB.</param>
    /// <param name="uniqueId">12 bytes as 24 hex digits.</param>
    public static MemoryRegion Create(uint flashSizeWord, string uniqueId)
    {
        var bytes = new byte[Size];
        bytes.AsSpan().Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(FlashSizeOffset), flashSizeWord);
        Convert.FromHexString(uniqueId).CopyTo(bytes, UniqueIdOffset);
        return new MemoryRegion("system memory", bytes) { WriteHandler = new ReadOnlyCells() };
    }
}
