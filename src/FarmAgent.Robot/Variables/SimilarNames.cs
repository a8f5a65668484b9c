namespace FarmAgent.Robot.Variables;

/// <summary>"Did you mean": names similar to one that was not found, by the Ratcliff/Obershelp measure.</summary>
internal static class SimilarNames
{
    private const int MaxMatches = 10;

    /// <summary>Candidates similar to a name, best first.</summary>
    /// <param name="name">What was not found.</param>
    /// <param name="candidates">What there is.</param>
    /// <param name="normalize">Makes both sides comparable.</param>
    public static List<string> Find(string name, IEnumerable<string> candidates, Func<string, string> normalize)
    {
        var wanted = normalize(name);
        var byNormalName = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var candidate in candidates.Order(StringComparer.Ordinal))
        {
            var normal = normalize(candidate);
            if (!byNormalName.TryGetValue(normal, out var same))
            {
                byNormalName[normal] = same = [];
            }

            same.Add(candidate);
        }

        if (name.Length == 0)
        {
            return [];
        }

        var cutoff = Math.Min(0.5 + (wanted.Length * 0.03), 0.85);
        return [.. byNormalName.Keys
            .Where(candidate => LengthBound(candidate, wanted) >= cutoff)
            .Select(candidate => (Ratio: Ratio(candidate, wanted), Name: candidate))
            .Where(match => match.Ratio >= cutoff)
            .OrderByDescending(match => match.Ratio)
            .ThenByDescending(match => match.Name, StringComparer.Ordinal)
            .Take(MaxMatches)
            .SelectMany(match => byNormalName[match.Name])];
    }

    /// <summary>The message with the similar names behind it, one a line.</summary>
    public static string Format(string message, IReadOnlyCollection<string> names) =>
        names.Count == 0 ? message : $"{message} Did you mean:{string.Concat(names.Select(name => $"\n    {name}"))}";

    /// <summary>Twice the number of characters in common blocks, divided by the total length.</summary>
    public static double Ratio(string first, string second)
    {
        var total = first.Length + second.Length;
        return total == 0 ? 1 : 2.0 * CountMatching(first, 0, first.Length, second, 0, second.Length, PopularCharacters(second)) / total;
    }

    private static double LengthBound(string first, string second) =>
        first.Length + second.Length == 0 ? 1 : 2.0 * Math.Min(first.Length, second.Length) / (first.Length + second.Length);

    /// <summary>In long texts characters that make up more than one percent do not start a block.</summary>
    private static HashSet<char> PopularCharacters(string text) => text.Length < 200
        ? []
        : [.. text.GroupBy(c => c).Where(group => group.Count() > (text.Length / 100) + 1).Select(group => group.Key)];

    private static int CountMatching(string a, int aStart, int aEnd, string b, int bStart, int bEnd, HashSet<char> ignored)
    {
        var (bestA, bestB, size) = LongestBlock(a, aStart, aEnd, b, bStart, bEnd, ignored);
        return size == 0
            ? 0
            : size + CountMatching(a, aStart, bestA, b, bStart, bestB, ignored)
                + CountMatching(a, bestA + size, aEnd, b, bestB + size, bEnd, ignored);
    }

    /// <summary>The longest common block; of equal ones the first in <paramref name="a"/>, then the first in <paramref name="b"/>.</summary>
    private static (int InA, int InB, int Size) LongestBlock(
        string a, int aStart, int aEnd, string b, int bStart, int bEnd, HashSet<char> ignored)
    {
        var (bestA, bestB, size) = (aStart, bStart, 0);
        var previous = new int[b.Length + 1];
        for (var i = aStart; i < aEnd; i++)
        {
            var current = new int[b.Length + 1];
            for (var j = bStart; j < bEnd; j++)
            {
                if (a[i] != b[j] || ignored.Contains(b[j]))
                {
                    continue;
                }

                var length = (j > bStart ? previous[j] : 0) + 1;
                current[j + 1] = length;
                if (length > size)
                {
                    (bestA, bestB, size) = (i - length + 1, j - length + 1, length);
                }
            }

            previous = current;
        }

        while (size > 0 && bestA > aStart && bestB > bStart && a[bestA - 1] == b[bestB - 1])
        {
            (bestA, bestB, size) = (bestA - 1, bestB - 1, size + 1);
        }

        while (size > 0 && bestA + size < aEnd && bestB + size < bEnd && a[bestA + size] == b[bestB + size])
        {
            size++;
        }

        return (bestA, bestB, size);
    }
}
