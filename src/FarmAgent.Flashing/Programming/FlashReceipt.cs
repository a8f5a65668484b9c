namespace FarmAgent.Flashing.Programming;

/// <summary>CRC of one sector, computed from flash after programming.</summary>
/// <param name="Range">The sector.</param>
/// <param name="Crc">See <see cref="Planning.FlashCrc"/>.</param>
public sealed record SectorCrc(AddressRange Range, uint Crc);

/// <summary>Proof that an image is in a chip: without one there is no success.</summary>
public sealed record FlashReceipt
{
    /// <summary>Digest of the image's file, 64 lower-case hex digits.</summary>
    public required string ImageSha256 { get; init; }

    /// <summary>Name of the image's file.</summary>
    public required string ImageName { get; init; }

    /// <summary>CRC of every sector that the image touches, read from flash.</summary>
    public required IReadOnlyList<SectorCrc> Sectors { get; init; }

    /// <summary>How they were computed: <see cref="VerifyMethod.Crc"/> on the target or <see cref="VerifyMethod.Readback"/>.</summary>
    public required VerifyMethod VerifyMethod { get; init; }

    /// <summary>Serial of the probe; empty for a copy without one.</summary>
    public required string ProbeSerial { get; init; }

    /// <summary>USB port path of the probe.</summary>
    public required string ProbePort { get; init; }

    /// <summary>Firmware of the probe.</summary>
    public required string ProbeFirmware { get; init; }

    /// <summary>Name of the chip.</summary>
    public required string Chip { get; init; }

    /// <summary>DBGMCU_IDCODE of the chip.</summary>
    public required uint ChipId { get; init; }

    /// <summary>Unique id of the chip, 24 hex digits; empty when it cannot be read.</summary>
    public required string ChipUniqueId { get; init; }

    /// <summary>Sectors that were erased.</summary>
    public required int SectorsErased { get; init; }

    /// <summary>Sectors that were programmed.</summary>
    public required int SectorsProgrammed { get; init; }

    /// <summary>Sectors that were identical and stayed.</summary>
    public required int SectorsIdentical { get; init; }

    /// <summary>Bytes of the sectors that were programmed.</summary>
    public required long BytesProgrammed { get; init; }

    /// <summary>When it began, on the bench's clock.</summary>
    public required TimeSpan StartedAt { get; init; }

    /// <summary>How long it took on the bench's clock, comparison and verification included.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Commands sent to the probe, from its opening to the end of the flash.</summary>
    public required long ProbeCommands { get; init; }

    /// <summary>What is odd but done, in words.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>Proof of an erase: the ranges read as erased afterwards.</summary>
/// <param name="Ranges">What was erased.</param>
/// <param name="Sectors">How many sectors that are.</param>
/// <param name="VerifyMethod">How it was checked.</param>
/// <param name="Duration">How long it took on the bench's clock.</param>
public sealed record EraseReceipt(IReadOnlyList<AddressRange> Ranges, int Sectors, VerifyMethod VerifyMethod, TimeSpan Duration);
