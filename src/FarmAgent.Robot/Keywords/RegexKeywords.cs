using System.Text.RegularExpressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Regular expressions of BuiltIn keywords.</summary>
internal static class RegexKeywords
{
    /// <summary>The first match, with its groups if there are any; <see langword="null"/> if there is none.</summary>
    public static object? Search(object? text, object? pattern, string? flags)
    {
        var isBytes = PyBytes.IsBytes(text);
        var match = PythonRegex.Create(PyText.InMessages(pattern), Flags(flags)).Match(PyText.InMessages(text));
        if (!match.Success)
        {
            return null;
        }

        object? Value(Group group) => !group.Success ? null : isBytes ? System.Text.Encoding.Latin1.GetBytes(group.Value) : group.Value;
        return match.Groups.Count == 1 ? Value(match) : new PyList(match.Groups.Cast<Group>().Select(Value));
    }

    private static RegexOptions Flags(string? flags)
    {
        var options = RegexOptions.None;
        foreach (var flag in string.IsNullOrEmpty(flags) ? [] : flags.Split('|'))
        {
            options |= flag.Trim().ToUpperInvariant() switch
            {
                "I" or "IGNORECASE" => RegexOptions.IgnoreCase,
                "M" or "MULTILINE" => RegexOptions.Multiline,
                "S" or "DOTALL" => RegexOptions.Singleline,
                "X" or "VERBOSE" => RegexOptions.IgnorePatternWhitespace,
                "A" or "ASCII" or "U" or "UNICODE" or "L" or "LOCALE" => RegexOptions.None,
                _ => throw PyErrorException.ValueError($"Unknown regexp flag: {flag}"),
            };
        }

        return options;
    }
}
