using System.Text.RegularExpressions;
using FarmAgent.Robot.Running;

namespace FarmAgent.Robot.Building;

/// <summary>Tags that a keyword's documentation gives in a section <c>Tags:</c>.</summary>
internal static partial class DocumentationTags
{
    /// <summary>All tags of a keyword, from its settings and its documentation.</summary>
    /// <param name="keyword">The keyword.</param>
    /// <param name="log">Takes warnings about the documentation.</param>
    public static IReadOnlyList<string> All(UserKeyword keyword, IRunLog log)
    {
        if (!keyword.Documentation.Contains("tags", StringComparison.OrdinalIgnoreCase))
        {
            return keyword.Tags.Sorted;
        }

        var tags = keyword.Tags.Copy();
        tags.AddOrRemove(Read(keyword.Name, keyword.Documentation, log), log);
        return tags.Sorted;
    }

    /// <summary>Tags of a library keyword.</summary>
    public static IReadOnlyList<string> Of(string documentation) =>
        documentation.Contains("tags", StringComparison.OrdinalIgnoreCase) ? Read("", documentation, null) : [];

    private static List<string> Read(string keyword, string documentation, IRunLog? log)
    {
        var tags = new List<string>();
        var (named, isTags, afterEmpty) = (false, false, true);
        var text = "";
        foreach (var line in documentation.Split('\n').Append("end"))
        {
            var header = Header().Match(line);
            var name = header.Groups["name"].Value.ToLowerInvariant();
            var starts = header.Success && (afterEmpty || name == "tags");
            if (starts && !afterEmpty)
            {
                log?.Warn($"Invalid documentation in '{keyword}': Not having an empty row before 'Tags:' is deprecated.");
            }

            // A section with a name goes on in indented lines.
            var continues = !starts && (!named || line.Length == 0 || (line.Length > 1 && char.IsWhiteSpace(line[0]) && char.IsWhiteSpace(line[1])));
            if (!continues)
            {
                tags.AddRange(isTags ? text.Split(',').Select(tag => tag.Trim()).Where(tag => tag.Length > 0) : []);
                (named, isTags, text) = (starts, starts && name == "tags", "");
            }

            text += " " + (starts ? header.Groups["text"].Value : line);
            afterEmpty = named || line.Trim().Length == 0;
        }

        return tags;
    }

    [GeneratedRegex(
        @"\A[*_]*(?<name>args|arguments|parameters|returns?|yields|raises?|tags)[*_]*::?[*_]*(?:\s+(?<text>.*))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Header();
}
