using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Expressions;

/// <summary>The advice after a failed expression whose variables were pasted into it as text.</summary>
internal static class ResolvedVariablesHint
{
    public static string Create(string expression)
    {
        List<VariableMatch> matches;
        try
        {
            matches = [.. VariableMatch.SearchAll(expression)];
        }
        catch (VariableSyntaxException)
        {
            return string.Empty;
        }

        if (matches.Count == 0)
        {
            return string.Empty;
        }

        var example = string.Empty;
        var before = matches[0].Before;
        foreach (var match in matches)
        {
            var after = match.After;
            var next = VariableMatch.Search(after, "$@&%");
            after = next.Found ? next.Before : after;
            (before, after) = RemoveQuotes(before, after);
            example += $"{before}{match.Identifier}{match.Base}";
            before = after;
        }

        example += before;
        return $"Variables in the original expression {PyText.Repr(expression)} were resolved before the expression was evaluated. "
            + $"Try using {PyText.Repr(example)} syntax to avoid that. "
            + "See Evaluating Expressions appendix in Robot Framework User Guide for more details.";
    }

    private static (string Before, string After) RemoveQuotes(string before, string after)
    {
        foreach (var quote in (string[])["\"\"\"", "'''", "\"", "'"])
        {
            if (before.EndsWith(quote, StringComparison.Ordinal) && after.StartsWith(quote, StringComparison.Ordinal))
            {
                return (before[..^quote.Length], after[quote.Length..]);
            }
        }

        return (before, after);
    }
}
