namespace FarmAgent.Flashing.Planning;

/// <summary>What is done with one sector.</summary>
public enum SectorAction
{
    /// <summary>Nothing: it already holds what it should.</summary>
    Keep,

    /// <summary>Program only: it is erased already.</summary>
    Program,

    /// <summary>Erase, then program.</summary>
    EraseAndProgram,

    /// <summary>Erase only: it should be empty.</summary>
    Erase,
}

/// <summary>One sector of a plan.</summary>
/// <param name="Sector">Which one.</param>
/// <param name="Action">What is done with it.</param>
/// <param name="Content">All bytes it will hold.</param>
/// <param name="Crc">CRC of <paramref name="Content"/>, see <see cref="FlashCrc"/>.</param>
public sealed record SectorPlan(FlashSector Sector, SectorAction Action, ReadOnlyMemory<byte> Content, uint Crc);

/// <summary>What a flash will do, decided before anything is written. Sectors that the image does not touch are not in it and stay as they are.</summary>
public sealed class FlashPlan
{
    internal FlashPlan(string imageSha256, FlashGeometry geometry, IReadOnlyList<SectorPlan> sectors)
    {
        ImageSha256 = imageSha256;
        Geometry = geometry;
        Sectors = sectors;
    }

    /// <summary>Digest of the image's file.</summary>
    public string ImageSha256 { get; }

    /// <summary>The flash it was made for.</summary>
    public FlashGeometry Geometry { get; }

    /// <summary>The sectors that the image touches, in ascending order.</summary>
    public IReadOnlyList<SectorPlan> Sectors { get; }

    /// <summary>Sectors that will be changed.</summary>
    public IReadOnlyList<SectorPlan> Changes => [.. Sectors.Where(s => s.Action != SectorAction.Keep)];

    /// <summary>How many sectors are erased.</summary>
    public int EraseCount => Sectors.Count(s => s.Action is SectorAction.Erase or SectorAction.EraseAndProgram);

    /// <summary>True when the whole flash is erased at once instead, because what is not in the plan is erased anyhow.</summary>
    public bool EraseAll { get; init; }

    /// <summary>How many sectors are programmed.</summary>
    public int ProgramCount => Sectors.Count(s => s.Action is SectorAction.Program or SectorAction.EraseAndProgram);

    /// <summary>How many sectors are identical and stay.</summary>
    public int KeepCount => Sectors.Count(s => s.Action == SectorAction.Keep);

    /// <summary>The addresses that will be changed, joined where they touch.</summary>
    public IReadOnlyList<AddressRange> ChangedRanges => AddressRange.Merge(Changes.Select(s => s.Sector.Range));

    /// <summary>The plan in one line, for example <c>13 sectors: 12 erased, 12 programmed, 1 identical</c>.</summary>
    public override string ToString() =>
        $"{Sectors.Count} sectors: {EraseCount} erased{(EraseAll ? " at once" : string.Empty)}, {ProgramCount} programmed, {KeepCount} identical";
}
