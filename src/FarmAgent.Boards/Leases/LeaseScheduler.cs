namespace FarmAgent.Boards.Leases;

/// <summary>Decides who gets which free board: in the order of arrival, each the first free board of its own wishes. Pure.</summary>
internal static class LeaseScheduler
{
    /// <summary>Who gets what.</summary>
    /// <param name="wishes">For each waiter, in the order of arrival, the boards it would take, best first.</param>
    /// <param name="free">Boards that are free.</param>
    /// <returns>Waiter's index and board, for those that are served.</returns>
    public static IReadOnlyList<(int Waiter, string Board)> Assign(IReadOnlyList<IReadOnlyList<string>> wishes, IEnumerable<string> free)
    {
        var left = free.ToHashSet(StringComparer.Ordinal);
        var served = new List<(int, string)>();
        for (var i = 0; i < wishes.Count && left.Count > 0; i++)
        {
            if (wishes[i].FirstOrDefault(left.Contains) is { } board)
            {
                left.Remove(board);
                served.Add((i, board));
            }
        }

        return served;
    }

    /// <summary>The place of each waiter: one more than those before it that want the same board, on the wished board where that is least.</summary>
    /// <param name="wishes">As for <see cref="Assign"/>.</param>
    public static IReadOnlyList<(string Board, int Position)> Positions(IReadOnlyList<IReadOnlyList<string>> wishes)
    {
        var before = new Dictionary<string, int>(StringComparer.Ordinal);
        var positions = new List<(string, int)>();
        foreach (var wish in wishes)
        {
            positions.Add(wish.Select(b => (Board: b, Position: before.GetValueOrDefault(b) + 1)).MinBy(p => p.Position));
            foreach (var board in wish)
            {
                before[board] = before.GetValueOrDefault(board) + 1;
            }
        }

        return positions;
    }
}
