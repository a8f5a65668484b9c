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

    /// <summary>
    /// Product lines in part numbers, for example <c>F103</c> in STM32F103C8; <c>F401xDE</c> is the line F401 with the flash size letters D and E only.
    /// </summary>
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

    /// <summary>True for a kind that is identified and read, but whose flash is not written: its algorithm has not run on a model of its controller.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Sizes of the first sectors of a bank in KiB, the last one for all the rest; empty where all are alike.</summary>
    public IReadOnlyList<int> SectorMapKiB { get; init; } = [];

    /// <summary>Where in KiB the sector map begins anew; 0 where it does not.</summary>
    public int BankKiB { get; init; }

    /// <summary>Flash sizes in KiB where the size register holds the number of one of them; else empty.</summary>
    public IReadOnlyList<int> FlashSizeCodesKiB { get; init; } = [];

    /// <summary>Erase unit in bytes; the smallest where they differ.</summary>
    public required int SectorBytes { get; init; }

    /// <summary>Largest flash of the kind in KiB.</summary>
    public required int LargestFlashKiB { get; init; }

    /// <summary>All RAM that a chip of the kind may have.</summary>
    public required AddressRange Ram { get; init; }

    /// <summary>RAM in bytes that every chip of the kind has, and that a loader may use.</summary>
    public required int LoaderRamBytes { get; init; }

    /// <summary>Sizes of all sectors of a flash of this kind in bytes, from its base.</summary>
    /// <param name="flashKiB">Size of the flash in KiB.</param>
    public IReadOnlyList<int> SectorSizes(int flashKiB)
    {
        var sizes = new List<int>();
        for (int at = 0, inBank = 0; at < flashKiB * 1024; inBank++)
        {
            inBank = BankKiB > 0 && at % (BankKiB * 1024) == 0 ? 0 : inBank;
            sizes.Add(SectorMapKiB.Count == 0 ? SectorBytes : SectorMapKiB[Math.Min(inBank, SectorMapKiB.Count - 1)] * 1024);
            at += sizes[^1];
        }

        return sizes;
    }
}
