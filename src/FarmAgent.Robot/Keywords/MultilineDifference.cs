using System.Globalization;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Keywords;

/// <summary>Shows how two long texts differ, as a unified diff with three lines around each change.</summary>
internal static class MultilineDifference
{
    private const int Around = 3;

    /// <summary>Fails with a diff when both texts have three lines or more.</summary>
    public static void ThrowIfLong(IKeywordContext context, string first, string second, string? message, Func<string, string> format)
    {
        var (one, other) = (Lines(first), Lines(second));
        if (one.Count < 3 || other.Count < 3)
        {
            return;
        }

        context.Log($"{first.TrimEnd()}\n\n!=\n\n{second.TrimEnd()}");
        var prefix = string.IsNullOrEmpty(message) ? "" : $"{message}: ";
        var diff = Unified(one, other).Select((line, i) => i < 3 ? line : line[0] + format(line[1..]).TrimEnd());
        throw new KeywordFailedException(prefix + string.Join('\n', diff.Prepend("Multiline strings are different:")));
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    private static List<string> Unified(List<string> a, List<string> b)
    {
        var result = new List<string> { "--- first", "+++ second" };
        foreach (var group in LineMatcher.Groups(a, b, Around))
        {
            var (first, last) = (group[0], group[^1]);
            result.Add($"@@ -{Span(first.StartA, last.EndA)} +{Span(first.StartB, last.EndB)} @@");
            foreach (var part in group)
            {
                if (part.IsEqual)
                {
                    result.AddRange(a.GetRange(part.StartA, part.EndA - part.StartA).Select(line => " " + line));
                    continue;
                }

                result.AddRange(a.GetRange(part.StartA, part.EndA - part.StartA).Select(line => "-" + line));
                result.AddRange(b.GetRange(part.StartB, part.EndB - part.StartB).Select(line => "+" + line));
            }
        }

        return result;
    }

    private static string Span(int start, int end)
    {
        var length = end - start;
        return length == 1 ? (start + 1).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(length == 0 ? start : start + 1)},{length}");
    }
}
