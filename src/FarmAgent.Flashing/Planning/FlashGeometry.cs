namespace FarmAgent.Flashing.Planning;

/// <summary>One erase unit of a flash. The STM32F1 manual calls it a page.</summary>
/// <param name="Index">Number from the flash's base, from 0.</param>
/// <param name="Range">Its addresses.</param>
public readonly record struct FlashSector(int Index, AddressRange Range);

/// <summary>A flash of equal sectors.</summary>
/// <param name="Base">Address of the first byte.</param>
/// <param name="Bytes">Size, a multiple of <paramref name="SectorBytes"/>.</param>
/// <param name="SectorBytes">Size of one erase unit, a multiple of 4.</param>
public sealed record FlashGeometry(uint Base, int Bytes, int SectorBytes)
{
    /// <summary>Number of sectors.</summary>
    public int SectorCount => Bytes / SectorBytes;

    /// <summary>All addresses.</summary>
    public AddressRange Range => new(Base, Bytes);

    /// <summary>One sector.</summary>
    /// <param name="index">Its number from 0.</param>
    public FlashSector Sector(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, SectorCount);
        return new FlashSector(index, new AddressRange(Base + (uint)(index * SectorBytes), SectorBytes));
    }

    /// <summary>The sectors that a range touches; the part of it outside the flash is left out.</summary>
    /// <param name="range">Any range.</param>
    public IReadOnlyList<FlashSector> SectorsOf(AddressRange range)
    {
        var sectors = new List<FlashSector>();
        var first = (Math.Max(range.Start, Base) - Base) / (uint)SectorBytes;
        for (var i = (int)Math.Min(first, SectorCount); i < SectorCount && Sector(i).Range.Start < range.End; i++)
        {
            sectors.Add(Sector(i));
        }

        return sectors;
    }
}
