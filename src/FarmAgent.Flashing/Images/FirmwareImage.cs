using System.Security.Cryptography;

namespace FarmAgent.Flashing.Images;

/// <summary>A firmware file, parsed: segments in ascending order that neither overlap nor touch, and the digest of the file they came from.</summary>
public sealed class FirmwareImage
{
    /// <summary>Largest file that is read, in bytes; debug information makes ELF files much larger than what they load.</summary>
    public const int LargestFile = 32 * 1024 * 1024;

    private FirmwareImage(string name, ImageFormat format, string sha256, IReadOnlyList<ImageSegment> segments, ImageBuilder builder)
    {
        Name = name;
        Format = format;
        Sha256 = sha256;
        Segments = segments;
        EntryPoint = builder.EntryPoint;
        Warnings = builder.Warnings;
    }

    /// <summary>Name of the file, without folders.</summary>
    public string Name { get; }

    /// <summary>Format it had.</summary>
    public ImageFormat Format { get; }

    /// <summary>SHA-256 of the whole file, 64 lower-case hex digits.</summary>
    public string Sha256 { get; }

    /// <summary>What goes where.</summary>
    public IReadOnlyList<ImageSegment> Segments { get; }

    /// <summary>Start address that the file names, or null.</summary>
    public uint? EntryPoint { get; }

    /// <summary>What is odd but usable, in words.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Bytes to program.</summary>
    public long ByteCount => Segments.Sum(s => (long)s.Data.Length);

    /// <summary>Parses a file.</summary>
    /// <param name="file">Its content; must not change afterwards.</param>
    /// <param name="fileName">Its name, for the format and for messages.</param>
    /// <param name="options">How to read it, or null for the defaults.</param>
    /// <exception cref="ImageException">
    /// Not usable: <c>IMAGE_FORMAT</c>, <c>IMAGE_CORRUPT</c>, <c>IMAGE_OVERLAP</c>, <c>IMAGE_EMPTY</c>, <c>IMAGE_TOO_LARGE</c>.
    /// </exception>
    public static FirmwareImage Load(ReadOnlyMemory<byte> file, string fileName, ImageOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        options ??= new ImageOptions();
        var name = Path.GetFileName(fileName);
        if (file.IsEmpty)
        {
            throw new ImageException("IMAGE_EMPTY", $"{name} is empty. Check that the build produced it.");
        }

        if (file.Length > LargestFile)
        {
            throw new ImageException(
                "IMAGE_TOO_LARGE",
                $"{name} has {file.Length} bytes, more than the {LargestFile} that are read. Strip its debug information (arm-none-eabi-strip).");
        }

        var format = options.Format == ImageFormat.Auto ? ImageFormats.Detect(file.Span, name) : ImageFormats.For(options.Format);
        var builder = new ImageBuilder(name);
        format.Parse(file, name, options, builder);
        return new FirmwareImage(name, format.Format, Convert.ToHexStringLower(SHA256.HashData(file.Span)), builder.Build(), builder);
    }

    /// <summary>True when any byte of the image lies in a range.</summary>
    /// <param name="range">Range to look at.</param>
    public bool Touches(AddressRange range) => Segments.Any(s => s.Range.Start < range.End && range.Start < s.Range.End);

    /// <summary>Copies the image's bytes over a piece of memory; bytes that the image does not cover stay as they are.</summary>
    /// <param name="address">Address of the first byte of the piece.</param>
    /// <param name="memory">The piece.</param>
    /// <returns>How many bytes the image covers there.</returns>
    public int CopyTo(uint address, Span<byte> memory)
    {
        var covered = 0;
        foreach (var segment in Segments)
        {
            var start = Math.Max((long)address, segment.Address);
            var end = Math.Min(address + (long)memory.Length, segment.Range.End);
            if (start < end)
            {
                var length = (int)(end - start);
                segment.Data.Span.Slice((int)(start - segment.Address), length).CopyTo(memory[(int)(start - address)..]);
                covered += length;
            }
        }

        return covered;
    }
}
