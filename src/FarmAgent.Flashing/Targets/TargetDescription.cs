namespace FarmAgent.Flashing.Targets;

/// <summary>What is known of a kind of chip, from the embedded chip data.</summary>
public sealed record TargetDescription
{
    /// <summary>Family, for example <c>STM32F1</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Name of the kind, for example <c>STM32F10x medium density</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Device number in DBGMCU_IDCODE, for example 0x410.</summary>
    public required ushort DeviceId { get; init; }

    /// <summary>Part number of the core in CPUID, for example 0xC23 for a Cortex-M3.</summary>
    public required ushort CorePart { get; init; }

    /// <summary>Product lines in part numbers, for example <c>103</c> in STM32F103C8.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Flash size letters in part numbers, for example <c>8B</c>.</summary>
    public required string SizeCodes { get; init; }

    /// <summary>Address of the flash.</summary>
    public required uint FlashBase { get; init; }

    /// <summary>Address of the flash controller's registers.</summary>
    public required uint FlashRegisters { get; init; }

    /// <summary>Address of the half-word that holds the flash size in KiB.</summary>
    public required uint FlashSizeAddress { get; init; }

    /// <summary>Address of the 12 bytes of the unique id.</summary>
    public required uint UniqueIdAddress { get; init; }

    /// <summary>Erase unit in bytes.</summary>
    public required int SectorBytes { get; init; }

    /// <summary>Largest flash of the kind in KiB.</summary>
    public required int LargestFlashKiB { get; init; }

    /// <summary>All RAM that a chip of the kind may have.</summary>
    public required AddressRange Ram { get; init; }

    /// <summary>RAM in bytes that every chip of the kind has, and that a loader may use.</summary>
    public required int LoaderRamBytes { get; init; }
}
