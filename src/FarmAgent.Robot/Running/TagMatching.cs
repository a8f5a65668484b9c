using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Running;

/// <summary>Tag patterns for the statistics.</summary>
internal static class TagMatching
{
    /// <summary>A matcher for a pattern.</summary>
    public static Func<IReadOnlyList<string>, bool> Create(string pattern) => TagPattern.Parse(pattern).Matches;
}
