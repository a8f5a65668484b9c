using ELFSharp.ELF;
using ELFSharp.ELF.Segments;

namespace FarmAgent.Flashing.Images;

/// <summary>ELF: what is loaded is every PT_LOAD segment with content, at its physical (load) address, not where it runs.</summary>
internal sealed class ElfFormat : IImageFormat
{
    /// <inheritdoc/>
    public ImageFormat Format => ImageFormat.Elf;

    /// <inheritdoc/>
    public void Parse(ReadOnlyMemory<byte> file, string fileName, ImageOptions options, ImageBuilder builder)
    {
        ElfHeader.Check(file.Span, fileName);
        try
        {
            using var stream = new MemoryStream(ElfHeader.WithoutSections(file.Span), writable: false);
            using var elf = ELFReader.Load<uint>(stream, shouldOwnStream: false);
            builder.EntryPoint = elf.EntryPoint;
            AddSegments(elf, builder);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException or OverflowException
            or IndexOutOfRangeException or NotSupportedException or InvalidCastException)
        {
            throw new ImageException("IMAGE_CORRUPT", $"{fileName} is damaged: {e.Message} Build or copy the file again.", e);
        }
    }

    private static void AddSegments(ELF<uint> elf, ImageBuilder builder)
    {
        var loads = elf.Segments.Where(s => s.Type == SegmentType.Load && s.FileSize > 0).ToList();

        // A file whose physical addresses are all zero has none: then the virtual ones count (ELF for the Arm architecture, section 6.1).
        var physical = loads.Exists(s => s.PhysicalAddress != 0);
        for (var i = 0; i < loads.Count; i++)
        {
            var segment = loads[i];
            builder.Add(physical ? segment.PhysicalAddress : segment.Address, segment.GetFileContents(), $"segment {i}");
        }
    }
}
