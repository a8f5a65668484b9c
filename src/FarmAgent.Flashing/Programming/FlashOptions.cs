using FarmAgent.Flashing.Planning;

namespace FarmAgent.Flashing.Programming;

/// <summary>How the content of flash is checked.</summary>
public enum VerifyMethod
{
    /// <summary>By the chip's CRC unit; by reading back if its routine does not run.</summary>
    Auto,

    /// <summary>By the chip's CRC unit.</summary>
    Crc,

    /// <summary>By reading every byte back.</summary>
    Readback,
}

/// <summary>What happens to the chip after a flash.</summary>
public enum AfterFlash
{
    /// <summary>Reset, and the firmware runs.</summary>
    Run,

    /// <summary>Reset, and the core is halted before its first instruction.</summary>
    Halt,

    /// <summary>Nothing: the core stays halted where the loader ended.</summary>
    None,
}

/// <summary>How to flash.</summary>
public sealed record FlashOptions
{
    /// <summary>How to check.</summary>
    public VerifyMethod Verify { get; init; }

    /// <summary>What to do afterwards.</summary>
    public AfterFlash After { get; init; }

    /// <summary>What happens to bytes beside the image in sectors that it touches.</summary>
    public UncoveredBytes Uncovered { get; init; }

    /// <summary>True erases and programs identical sectors too.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// True never erases the whole flash at once. Else it is done where it is quicker and takes nothing away: when every sector that is not to be
    /// changed is erased anyhow, and none is write-protected.
    /// </summary>
    public bool SectorsOnly { get; init; }
}
