namespace FarmAgent.Robot.Running;

/// <summary>Cuts long failure messages in the middle.</summary>
internal static class LongMessages
{
    private const int LineLength = 78;
    private const string CutMark = "    [ Message content over the limit has been removed. ]";

    /// <summary>Lines that a message may have; <see langword="null"/> for no limit. Set once per run.</summary>
    [field: ThreadStatic]
    public static int? MaxLines { get; set; }

    public static string Cut(string message)
    {
        if (MaxLines is not { } max)
        {
            return message;
        }

        var lines = message.Split('\n');
        if (lines.Length > 1 && lines[^1].Length == 0)
        {
            lines = lines[..^1];
        }

        var lengths = lines.Select(Weight).ToList();
        if (lengths.Sum() <= max)
        {
            return message;
        }

        var start = Take(lines, max / 2, fromEnd: false);
        var end = Take(lines, max / 2, fromEnd: true);
        return string.Join('\n', [.. start, CutMark, .. end]);
    }

    private static int Weight(string line) => line.Length == 0 ? 1 : (line.Length + LineLength - 1) / LineLength;

    private static List<string> Take(string[] lines, int budget, bool fromEnd)
    {
        var result = new List<string>();
        var used = 0;
        foreach (var line in (fromEnd ? lines.Reverse() : lines).Take(budget))
        {
            var weight = Weight(line);
            if (used + weight >= budget)
            {
                result.Add(CutLine(line, ((budget - used) * LineLength) - 3, fromEnd));
                break;
            }

            used += weight;
            result.Add(line);
        }

        if (fromEnd)
        {
            result.Reverse();
        }

        return result;
    }

    private static string CutLine(string line, int room, bool fromEnd) =>
        line.Length <= room ? line : fromEnd ? "..." + line[^room..] : line[..room] + "...";
}
