namespace FarmAgent.Boards.Traces;

/// <summary>A reader's place in a ring. Used under the recorder's lock.</summary>
internal sealed class TraceCursor
{
    private long _at;

    public TraceCursor(TraceRing ring, long from) => _at = ring.Find(from < 0 ? Math.Max(ring.FirstSequence, ring.NextSequence + from) : from);

    /// <summary>The next entries; those that gave way meanwhile are passed over.</summary>
    public List<TraceEntry> Take(TraceRing ring, IReadOnlyList<TraceSource> sources, int most)
    {
        var taken = new List<TraceEntry>();
        _at = Math.Max(_at, ring.Head);
        while (taken.Count < most && _at < ring.Tail)
        {
            taken.Add(ring.Read(ref _at, sources));
        }

        return taken;
    }
}
