namespace FarmAgent.Flashing.Algorithms;

/// <summary>
/// Knows when the loader should have finished which sector, from typical silicon (DS5319 table 28). A slower chip is found late and looked at
/// more often, at growing distances.
/// </summary>
internal sealed class LoaderPace
{
    /// <summary>Longest sleep before somebody may stop the flash.</summary>
    public static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan Erase = TimeSpan.FromMilliseconds(20);

    // 52.5 us for the flash, and the loop at 8 MHz; an erased half-word costs the loop alone.
    private static readonly TimeSpan HalfWord = TimeSpan.FromMicroseconds(54.3);
    private static readonly TimeSpan SkippedHalfWord = TimeSpan.FromMicroseconds(1);
    private static readonly TimeSpan FirstDistance = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestDistance = TimeSpan.FromMilliseconds(16);

    /// <summary>How much later to look while other sectors are in flight: being late costs nothing then, a look in vain does.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(10);

    private readonly Queue<TimeSpan> _costs = new();
    private TimeSpan _start;
    private TimeSpan? _missed;
    private TimeSpan _distance = FirstDistance;

    /// <summary>A sector is handed over.</summary>
    /// <param name="arrived">When the loader could take it, if it had nothing else to do.</param>
    /// <param name="content">All its bytes.</param>
    /// <param name="erases">True if it is erased first.</param>
    public void Add(TimeSpan arrived, ReadOnlySpan<byte> content, bool erases)
    {
        if (_costs.Count == 0)
        {
            _start = arrived;
        }

        var cost = erases ? Erase : TimeSpan.Zero;
        for (var i = 0; i + 1 < content.Length; i += 2)
        {
            cost += (content[i] & content[i + 1]) == 0xFF ? SkippedHalfWord : HalfWord;
        }

        _costs.Enqueue(cost);
    }

    /// <summary>When so many of the sectors in flight should be finished, or the next look is due.</summary>
    public TimeSpan ExpectedAfter(int sectors)
    {
        var expected = _costs.Take(sectors).Aggregate(_start, (sum, cost) => sum + cost) + (sectors < _costs.Count ? Slack : TimeSpan.Zero);
        return _missed is { } missed && missed + _distance > expected ? missed + _distance : expected;
    }

    /// <summary>Somebody looked, and nothing new was finished.</summary>
    public void Missed(TimeSpan now)
    {
        _distance = _missed is null ? FirstDistance : _distance * 2;
        _distance = _distance < LongestDistance ? _distance : LongestDistance;
        _missed = now;
    }

    /// <summary>Somebody looked, and so many more were finished: the next one began at some time between this look and the one before.</summary>
    public void Finished(TimeSpan now, int sectors)
    {
        for (var i = 0; i < sectors; i++)
        {
            _start += _costs.Dequeue();
        }

        if (_missed is { } missed && missed > _start)
        {
            _start = missed;
        }

        _start = _start < now ? _start : now;
        (_missed, _distance) = (null, FirstDistance);
    }
}
