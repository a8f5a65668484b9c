namespace FarmAgent.Flashing.Images;

/// <summary>The formats that are known, and how a file shows which one it has.</summary>
internal static class ImageFormats
{
    private static readonly IImageFormat[] All = [new ElfFormat(), new IntelHexFormat(), new SRecordFormat(), new BinaryFormat()];

    /// <summary>The reader of a format.</summary>
    public static IImageFormat For(ImageFormat format) => All.First(f => f.Format == format);

    /// <summary>Tells the format by content, then by the name's extension.</summary>
    public static IImageFormat Detect(ReadOnlySpan<byte> file, string fileName)
    {
        if (ElfHeader.HasMagic(file))
        {
            return For(ImageFormat.Elf);
        }

        if (LooksLikeHex(file))
        {
            return For(ImageFormat.IntelHex);
        }

        if (LooksLikeSRecords(file))
        {
            return For(ImageFormat.SRecord);
        }

        var extension = Path.GetExtension(fileName).ToUpperInvariant();
        return extension switch
        {
            ".BIN" or ".IMG" or ".RAW" or "" => For(ImageFormat.Binary),
            ".HEX" or ".IHEX" or ".IHX" => throw Mismatch(fileName, "Intel HEX", "does not begin with a ':' record"),
            ".ELF" or ".AXF" or ".OUT" => throw Mismatch(fileName, "ELF", "does not begin with 7F 45 4C 46"),
            ".SREC" or ".S19" or ".S28" or ".S37" or ".MOT" => throw Mismatch(fileName, "Motorola S-records", "does not begin with an S record"),
            ".UF2" => throw Unsupported(fileName, "UF2"),
            ".DFU" => throw Unsupported(fileName, "DFU"),
            _ => throw new ImageException(
                "IMAGE_FORMAT",
                $"{fileName} is neither ELF nor Intel HEX nor S-records, and its name does not say that it is a binary. "
                + "Give the format and the address, or name the file .bin."),
        };
    }

    private static bool LooksLikeHex(ReadOnlySpan<byte> file)
    {
        var text = file.TrimStart(" \t\r\n"u8);
        if (text.Length < 11 || text[0] != ':')
        {
            return false;
        }

        foreach (var character in text.Slice(1, 10))
        {
            if (!char.IsAsciiHexDigit((char)character))
            {
                return false;
            }
        }

        return true;
    }

    private static bool LooksLikeSRecords(ReadOnlySpan<byte> file)
    {
        var text = file.TrimStart(" \t\r\n"u8);
        if (text.Length < 10 || text[0] != 'S' || text[1] is not (>= (byte)'0' and <= (byte)'9'))
        {
            return false;
        }

        foreach (var character in text.Slice(2, 8))
        {
            if (!char.IsAsciiHexDigit((char)character))
            {
                return false;
            }
        }

        return true;
    }

    private static ImageException Mismatch(string fileName, string format, string found) =>
        new("IMAGE_FORMAT", $"{fileName} is named like {format}, but {found}. Build or copy it again, or give the format it really has.");

    private static ImageException Unsupported(string fileName, string format) =>
        new("IMAGE_FORMAT", $"{fileName} holds {format}, which cannot be read. Give the .elf, .hex, .srec or .bin of the same build (arm-none-eabi-objcopy makes them).");
}
