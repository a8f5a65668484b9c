namespace FarmAgent.Robot.Building;

/// <summary>Tags that a keyword's documentation gives in its last line, after <c>Tags:</c>.</summary>
internal static class DocumentationTags
{
    private const string Mark = "tags:";

    /// <summary>All tags of a keyword, from its settings and its documentation.</summary>
    public static IReadOnlyList<string> All(UserKeyword keyword) => [.. keyword.Tags.Sorted, .. Read(keyword.Documentation)];

    private static IEnumerable<string> Read(string documentation)
    {
        var last = documentation.TrimEnd().Split('\n')[^1].Trim();
        return last.StartsWith(Mark, StringComparison.OrdinalIgnoreCase)
            ? last[Mark.Length..].Split(',').Select(tag => tag.Trim())
            : [];
    }
}
