namespace FarmAgent.Flashing.Programming;

/// <summary>What a flash is doing.</summary>
public enum FlashPhase
{
    /// <summary>Compares the image with what is there.</summary>
    Comparing,

    /// <summary>Erases and programs.</summary>
    Programming,

    /// <summary>Erases only.</summary>
    Erasing,

    /// <summary>Checks the result.</summary>
    Verifying,

    /// <summary>Resets the chip.</summary>
    Resetting,
}

/// <summary>How far a flash is.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="SectorsDone">Sectors finished in this phase.</param>
/// <param name="SectorsTotal">Sectors to do in this phase.</param>
/// <param name="BytesDone">Bytes finished in this phase.</param>
/// <param name="BytesTotal">Bytes to do in this phase.</param>
public sealed record FlashProgress(FlashPhase Phase, int SectorsDone, int SectorsTotal, long BytesDone, long BytesTotal);
