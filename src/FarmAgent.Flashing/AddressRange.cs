namespace FarmAgent.Flashing;

/// <summary>A range of target addresses.</summary>
/// <param name="Start">First address.</param>
/// <param name="Length">Length in bytes, at least 1.</param>
public readonly record struct AddressRange(uint Start, long Length)
{
    /// <summary>Address after the last one; needs more than 32 bits for a range that ends at the top.</summary>
    public long End => Start + Length;

    /// <summary>First and last address, for example <c>0x08000000..0x080003FF</c>.</summary>
    public override string ToString() => $"0x{Start:X8}..0x{End - 1:X8}";

    /// <summary>Joins ranges that touch.</summary>
    /// <param name="ranges">Ranges in ascending order.</param>
    public static IReadOnlyList<AddressRange> Merge(IEnumerable<AddressRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var merged = new List<AddressRange>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && merged[^1].End == range.Start)
            {
                merged[^1] = merged[^1] with { Length = merged[^1].Length + range.Length };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}
