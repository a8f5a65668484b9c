using System.Text.RegularExpressions;

namespace FarmAgent.Robot.Building;

/// <summary>Suite data inside a Markdown document: fenced blocks marked as robotframework or robot.</summary>
internal static partial class FencedBlocks
{
    public static string Extract(string text)
    {
        var blocks = new List<string>();
        List<string>? block = null;
        var (fence, length) = ('`', 3);
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (block is null)
            {
                var match = Opening().Match(line);
                if (match.Success && match.Groups["language"].Value.ToLowerInvariant() is "robotframework" or "robot")
                {
                    (fence, length) = (match.Groups["fence"].Value[0], match.Groups["fence"].Length);
                    block = [];
                }
            }
            else if (trimmed.Length >= length && trimmed.All(c => c == fence))
            {
                blocks.Add(Dedent(block));
                block = null;
            }
            else
            {
                block.Add(line);
            }
        }

        if (block is { Count: > 0 })
        {
            blocks.Add(Dedent(block));
        }

        return string.Join('\n', blocks);
    }

    private static string Dedent(List<string> lines)
    {
        var indents = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).ToList();
        var indent = indents.Count > 0 ? indents.Min() : 0;
        return string.Concat(lines.Select(line => (line.Trim().Length == 0 ? "" : line[indent..]) + "\n"));
    }

    [GeneratedRegex(@"\A\s*(?<fence>`{3,}|~{3,})\s*(?<language>\S+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Opening();
}
