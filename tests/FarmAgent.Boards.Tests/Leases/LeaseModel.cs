namespace FarmAgent.Boards.Tests.Leases;

/// <summary>What leases are to do, written as simply as possible: seconds, lists, and no threads.</summary>
internal sealed class LeaseModel(params string[] boards)
{
    private readonly Dictionary<string, Holding?> _boards = boards.ToDictionary(b => b, _ => (Holding?)null, StringComparer.Ordinal);
    private readonly Dictionary<string, long> _fences = boards.ToDictionary(b => b, _ => 0L, StringComparer.Ordinal);

    public int Now { get; private set; }

    public List<(string Owner, string[] Wishes, int Ttl)> Line { get; } = [];

    public IEnumerable<(string Board, string Owner, long Fence)> Holders =>
        _boards.Where(b => b.Value is not null).Select(b => (b.Key, b.Value!.Owner, b.Value.Fence));

    public Holding? HeldBy(string owner) => _boards.Values.FirstOrDefault(h => h?.Owner == owner);

    /// <returns>Whether it is served at once.</returns>
    public bool Ask(string owner, string[] wishes, int ttl, bool waits)
    {
        Line.Add((owner, wishes, ttl));
        HandOut();
        var served = Line.RemoveAll(w => w.Owner == owner && !waits) == 0 && Line.TrueForAll(w => w.Owner != owner);
        return served;
    }

    public void Leave(string owner) => Line.RemoveAll(w => w.Owner == owner);

    public void Release(string owner) => End(owner);

    public void Renew(string owner)
    {
        if (HeldBy(owner) is { Ending: false } held)
        {
            held.Expires = Now + held.Ttl;
        }
    }

    public void Begin(string owner)
    {
        if (HeldBy(owner) is { Ending: false } held)
        {
            held.Operations++;
        }
    }

    public void EndOperation(string owner)
    {
        if (HeldBy(owner) is { Operations: > 0 } held && --held.Operations == 0 && held.Ending)
        {
            Free(held);
        }
    }

    public void Second()
    {
        Now++;
        foreach (var board in boards)
        {
            if (_boards[board] is { Ending: false } held && held.Expires <= Now)
            {
                End(held.Owner);
            }
            else if (_boards[board] is { Ending: true } late && late.Forced <= Now)
            {
                Free(late);
            }
        }
    }

    private void End(string owner)
    {
        if (HeldBy(owner) is { Ending: false } held)
        {
            // 5 min until its operations are told to stop, 30 s for them to do so.
            (held.Ending, held.Forced) = (true, Now + 330);
            if (held.Operations == 0)
            {
                Free(held);
            }
        }
    }

    private void Free(Holding held)
    {
        _boards[held.Board] = null;
        HandOut();
    }

    private void HandOut()
    {
        foreach (var waiter in Line.ToList())
        {
            if (waiter.Wishes.FirstOrDefault(b => _boards[b] is null) is { } board)
            {
                Line.Remove(waiter);
                _boards[board] = new Holding(board, waiter.Owner, ++_fences[board], waiter.Ttl) { Expires = Now + waiter.Ttl };
            }
        }
    }

    internal sealed class Holding(string board, string owner, long fence, int ttl)
    {
        public string Board { get; } = board;

        public string Owner { get; } = owner;

        public long Fence { get; } = fence;

        public int Ttl { get; } = ttl;

        public int Expires { get; set; }

        public int Forced { get; set; }

        public int Operations { get; set; }

        public bool Ending { get; set; }
    }
}
