namespace FarmAgent.Flashing.Images;

/// <summary>Format of a firmware file.</summary>
public enum ImageFormat
{
    /// <summary>Told by its content, then by its name.</summary>
    Auto,

    /// <summary>Bytes as they go into memory, without an address.</summary>
    Binary,

    /// <summary>Intel HEX.</summary>
    IntelHex,

    /// <summary>ELF, 32-bit little-endian for Arm.</summary>
    Elf,

    /// <summary>Motorola S-records: S19, S28 or S37.</summary>
    SRecord,
}

/// <summary>How to read a firmware file.</summary>
public sealed record ImageOptions
{
    /// <summary>Format, if not told by the file itself.</summary>
    public ImageFormat Format { get; init; }

    /// <summary>Where a binary file goes; the other formats carry their addresses.</summary>
    public uint BaseAddress { get; init; } = 0x0800_0000;
}
