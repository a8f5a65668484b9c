using FarmAgent.Flashing.Images;

namespace FarmAgent.Flashing.Planning;

/// <summary>What happens to bytes that the image does not cover in a sector that it touches.</summary>
public enum UncoveredBytes
{
    /// <summary>They are read before and written back.</summary>
    Preserve,

    /// <summary>They end up erased.</summary>
    Erase,
}

/// <summary>What a sector holds at present.</summary>
/// <param name="Crc">Its CRC, see <see cref="FlashCrc"/>.</param>
/// <param name="Content">Its bytes where they were read, else null. Needed for sectors that the image covers in part, to preserve the rest.</param>
public sealed record SectorSnapshot(uint Crc, ReadOnlyMemory<byte>? Content);

/// <summary>
/// Makes plans. Pure: image, geometry and present content in, plan out. Two contents with the same CRC count as identical; one changed
/// sector in four thousand million would be missed, so a caller who cannot accept that forces programming.
/// </summary>
public static class FlashPlanner
{
    private const byte Erased = 0xFF;

    /// <summary>The sectors that an image touches.</summary>
    /// <param name="image">The image.</param>
    /// <param name="geometry">The flash.</param>
    /// <exception cref="ImageException">A part of the image is not in the flash (<c>IMAGE_OUTSIDE_FLASH</c>).</exception>
    public static IReadOnlyList<FlashSector> TouchedSectors(FirmwareImage image, FlashGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(geometry);
        foreach (var segment in image.Segments)
        {
            if (segment.Range.Start < geometry.Range.Start || segment.Range.End > geometry.Range.End)
            {
                var exception = new ImageException(
                    "IMAGE_OUTSIDE_FLASH",
                    $"{image.Name} has {segment.Data.Length} bytes at {segment.Range}, but the flash is {geometry.Range} ({geometry.Bytes / 1024} KiB). "
                    + "Nothing was written. Link the image for this chip, or give a binary its right address.");
                exception.With("address", $"0x{segment.Address:X8}");
                throw exception;
            }
        }

        return [.. image.Segments.SelectMany(s => geometry.SectorsOf(s.Range)).DistinctBy(s => s.Index)];
    }

    /// <summary>The touched sectors that the image does not cover completely.</summary>
    /// <param name="image">The image.</param>
    /// <param name="geometry">The flash.</param>
    public static IReadOnlyList<FlashSector> PartialSectors(FirmwareImage image, FlashGeometry geometry)
    {
        var scratch = new byte[geometry.SectorBytes];
        return [.. TouchedSectors(image, geometry).Where(s => image.CopyTo(s.Range.Start, scratch) < scratch.Length)];
    }

    /// <summary>Makes the plan that brings an image into the flash.</summary>
    /// <param name="image">The image.</param>
    /// <param name="geometry">The flash.</param>
    /// <param name="current">Present content by sector number; a sector that is missing is taken as unknown and is erased.</param>
    /// <param name="uncovered">What happens to bytes beside the image.</param>
    /// <param name="force">True erases and programs identical sectors too.</param>
    /// <exception cref="ImageException">A part of the image is not in the flash (<c>IMAGE_OUTSIDE_FLASH</c>).</exception>
    /// <exception cref="ArgumentException">Bytes are to be preserved whose present content is not given.</exception>
    public static FlashPlan Plan(
        FirmwareImage image,
        FlashGeometry geometry,
        IReadOnlyDictionary<int, SectorSnapshot> current,
        UncoveredBytes uncovered,
        bool force)
    {
        ArgumentNullException.ThrowIfNull(current);
        var blank = BlankCrc(geometry);
        var sectors = new List<SectorPlan>();
        foreach (var sector in TouchedSectors(image, geometry))
        {
            var snapshot = current.GetValueOrDefault(sector.Index);
            var content = Wanted(image, sector, snapshot, uncovered);
            var crc = FlashCrc.Compute(content);
            sectors.Add(new SectorPlan(sector, Decide(content, crc, snapshot, blank, force), content, crc));
        }

        return new FlashPlan(image.Sha256, geometry, sectors);
    }

    /// <summary>
    /// Turns a plan into one that erases the whole flash at once, where that takes nothing away that should stay: each sector that the plan keeps
    /// or does not touch has to be erased already.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="crcs">CRCs of all sectors of the flash by number; with one missing the plan stays as it is.</param>
    public static FlashPlan EraseAtOnce(FlashPlan plan, IReadOnlyDictionary<int, uint> crcs)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(crcs);
        var blank = BlankCrc(plan.Geometry);
        var changed = plan.Changes.Select(s => s.Sector.Index).ToHashSet();
        var isFree = Enumerable.Range(0, plan.Geometry.SectorCount)
            .All(i => changed.Contains(i) || (crcs.TryGetValue(i, out var crc) && crc == blank));
        return isFree && plan.EraseCount > 1
            ? new FlashPlan(plan.ImageSha256, plan.Geometry, plan.Sectors) { EraseAll = true }
            : plan;
    }

    /// <summary>CRC of an erased sector.</summary>
    internal static uint BlankCrc(FlashGeometry geometry)
    {
        var content = new byte[geometry.SectorBytes];
        content.AsSpan().Fill(Erased);
        return FlashCrc.Compute(content);
    }

    private static SectorAction Decide(ReadOnlySpan<byte> content, uint crc, SectorSnapshot? snapshot, uint blank, bool force)
    {
        if (snapshot is not null && snapshot.Crc == crc && !force)
        {
            return SectorAction.Keep;
        }

        if (!content.ContainsAnyExcept(Erased))
        {
            return SectorAction.Erase;
        }

        return snapshot is not null && snapshot.Crc == blank ? SectorAction.Program : SectorAction.EraseAndProgram;
    }

    private static byte[] Wanted(FirmwareImage image, FlashSector sector, SectorSnapshot? snapshot, UncoveredBytes uncovered)
    {
        var content = new byte[sector.Range.Length];
        content.AsSpan().Fill(Erased);
        if (uncovered == UncoveredBytes.Preserve && snapshot?.Content is { } present)
        {
            present.Span.CopyTo(content);
        }

        var covered = image.CopyTo(sector.Range.Start, content);
        if (covered < content.Length && uncovered == UncoveredBytes.Preserve && snapshot?.Content is null)
        {
            throw new ArgumentException($"Sector {sector.Range} is to keep bytes beside the image, but its present content is not given.", nameof(snapshot));
        }

        return content;
    }
}
