using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Regular expressions of BuiltIn keywords.</summary>
internal static class RegexKeywords
{
    /// <summary>The first match, with its groups if there are any; <see langword="null"/> if there is none.</summary>
    public static object? Search(object? text, object? pattern, string? flags)
    {
        var isBytes = PyBytes.IsBytes(text);
        var regex = PyRegex.Compile(PyText.InMessages(pattern), PyRegexFlagNames.Parse(flags));
        if (regex.Search(PyText.InMessages(text)) is not { } match)
        {
            return null;
        }

        object? Value(string? group) => group is not null && isBytes ? System.Text.Encoding.Latin1.GetBytes(group) : group;
        return regex.GroupCount == 0
            ? Value(match.Value)
            : new PyList(Enumerable.Range(0, regex.GroupCount + 1).Select(i => Value(match.Group(i))));
    }
}
