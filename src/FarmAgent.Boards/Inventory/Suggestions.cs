namespace FarmAgent.Boards.Inventory;

/// <summary>Finds what a mistyped word was meant to be.</summary>
internal static class Suggestions
{
    /// <summary>A sentence with the nearest known word, or nothing when none is near.</summary>
    /// <param name="written">The word as written.</param>
    /// <param name="known">Words that would have been right.</param>
    public static string DidYouMean(string written, IEnumerable<string> known)
    {
        var nearest = known.Select(k => (Word: k, Distance: Distance(written, k))).OrderBy(k => k.Distance).FirstOrDefault();
        return nearest.Word is not null && nearest.Distance <= Math.Max(1, written.Length / 3) ? $" Did you mean '{nearest.Word}'?" : "";
    }

    /// <summary>Fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Cheapest(i, j);
            }
        }

        return table[a.Length, b.Length];

        int Cheapest(int i, int j)
        {
            var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
            var best = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (same ? 0 : 1));
            var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            return swapped ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
        }
    }
}
