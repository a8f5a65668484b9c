using System.Text;
using System.Text.RegularExpressions;

namespace FarmAgent.Robot.Libraries;

/// <summary>Simple patterns: <c>*</c>, <c>?</c>, <c>[abc]</c>, <c>[!abc]</c>, against the whole text.</summary>
internal sealed class GlobPattern
{
    private readonly Regex _regex;
    private readonly Func<string, string> _normalize;

    /// <summary>Makes a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="normalize">Applied to the pattern and to texts; by default nothing is changed.</param>
    public GlobPattern(string pattern, Func<string, string>? normalize = null)
    {
        _normalize = normalize ?? (text => text);
        _regex = new Regex(ToRegex(_normalize(pattern)), RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(10));
    }

    /// <summary>A pattern that ignores case, white space and underscores.</summary>
    public static GlobPattern ForNames(string pattern) => new(pattern, text => Variables.NormalizedNames.Normalize(text, "_"));

    public bool Matches(string text) => _regex.IsMatch(_normalize(text));

    private static string ToRegex(string pattern)
    {
        var result = new StringBuilder("\\A(?:");
        for (var i = 0; i < pattern.Length; i++)
        {
            var close = pattern[i] == '[' ? FindClosing(pattern, i) : -1;
            if (close > 0)
            {
                AppendSet(result, pattern[(i + 1)..close]);
                i = close;
            }
            else
            {
                result.Append(pattern[i] switch { '*' => ".*", '?' => ".", _ => Regex.Escape(pattern[i].ToString()) });
            }
        }

        return result.Append(")\\z").ToString();
    }

    private static int FindClosing(string pattern, int open)
    {
        var start = open + 1;
        start += start < pattern.Length && pattern[start] == '!' ? 1 : 0;
        start += start < pattern.Length && pattern[start] == ']' ? 1 : 0;
        return start < pattern.Length ? pattern.IndexOf(']', start) : -1;
    }

    private static void AppendSet(StringBuilder result, string set)
    {
        var negated = set.StartsWith('!');
        result.Append(negated ? "[^" : "[");
        foreach (var c in negated ? set[1..] : set)
        {
            result.Append(c is '\\' or '[' or ']' or '^' ? "\\" + c : c.ToString());
        }

        result.Append(']');
    }
}
