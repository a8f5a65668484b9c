namespace FarmAgent.Agent.Stores;

/// <summary>How much of one kind is kept.</summary>
/// <param name="Count">At most so many.</param>
/// <param name="Bytes">At most so many bytes together.</param>
/// <param name="Age">None whose latest use is longer ago; the newest few stay whatever the clock says.</param>
internal sealed record RetentionRule(int Count, long Bytes, TimeSpan Age)
{
    /// <summary>How many age alone never removes: a clock that jumps ahead must not empty the farm's memory.</summary>
    public const int KeptWhateverTheirAge = 10;

    /// <summary>Chooses what goes: what was used least lately, and never what is in use.</summary>
    /// <param name="items">What there is.</param>
    /// <param name="now">Wall time.</param>
    public IReadOnlyList<RetainedItem> Choose(IEnumerable<RetainedItem> items, DateTimeOffset now)
    {
        var gone = new List<RetainedItem>();
        var (count, bytes, place) = (0, 0L, 0);
        foreach (var item in items.OrderByDescending(i => i.IsInUse).ThenByDescending(i => i.LastUse).ThenBy(i => i.Name, StringComparer.Ordinal))
        {
            var isOld = place++ >= KeptWhateverTheirAge && now - item.LastUse > Age;
            if (!item.IsInUse && (isOld || count >= Count || bytes + item.Bytes > Bytes))
            {
                gone.Add(item);
            }
            else
            {
                (count, bytes) = (count + 1, bytes + item.Bytes);
            }
        }

        return gone;
    }
}

/// <summary>Something that is kept for a while.</summary>
/// <param name="Name">Name of its file or folder.</param>
/// <param name="LastUse">When it was last used.</param>
/// <param name="Bytes">Size.</param>
/// <param name="IsInUse">True while a lease or run needs it.</param>
internal sealed record RetainedItem(string Name, DateTimeOffset LastUse, long Bytes, bool IsInUse);
