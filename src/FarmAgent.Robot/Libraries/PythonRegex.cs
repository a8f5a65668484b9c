using System.Text.RegularExpressions;

namespace FarmAgent.Robot.Libraries;

/// <summary>Regular expressions as Python writes them.</summary>
internal static class PythonRegex
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Whether the whole text matches.</summary>
    public static bool FullMatch(string pattern, string text)
    {
        var (flags, rest) = SplitFlags(Translate(pattern));
        return new Regex($"{flags}\\A(?:{rest})\\z", RegexOptions.CultureInvariant, Limit).IsMatch(text);
    }

    /// <summary>A compiled pattern.</summary>
    public static Regex Create(string pattern, RegexOptions options = RegexOptions.None) =>
        new(Translate(pattern), options | RegexOptions.CultureInvariant, Limit);

    /// <summary>A pattern in .NET's syntax.</summary>
    public static string Translate(string pattern) => pattern.Replace("(?P<", "(?<", StringComparison.Ordinal).Replace("\\Z", "\\z", StringComparison.Ordinal);

    private static (string Flags, string Body) SplitFlags(string pattern)
    {
        var end = pattern.StartsWith("(?", StringComparison.Ordinal) ? pattern.IndexOf(')', StringComparison.Ordinal) : -1;
        return end > 2 && pattern[2..end].All(c => c is 'i' or 'm' or 's' or 'x')
            ? (pattern[..(end + 1)], pattern[(end + 1)..])
            : ("", pattern);
    }
}
