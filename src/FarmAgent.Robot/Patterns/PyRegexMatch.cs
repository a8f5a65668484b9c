using System.Globalization;
using System.Text.RegularExpressions;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Patterns;

/// <summary>One match of a regular expression.</summary>
internal sealed class PyRegexMatch(PyRegex regex, Match match, string text)
{
    public PyRegex Regex { get; } = regex;

    public string Text { get; } = text;

    public int Start => Inner.Index;

    public int End => Inner.Index + Inner.Length;

    public string Value => Inner.Value;

    /// <summary>For finding the next one.</summary>
    internal Match Inner { get; } = match;

    /// <summary>A group by number, null when it took no part.</summary>
    /// <exception cref="PyErrorException">IndexError when there is no such group.</exception>
    public string? Group(int number) => Find(number) is { Success: true } group ? group.Value : null;

    /// <summary>A group by number or name.</summary>
    public string? Group(object? key) => Group(NumberOf(key));

    /// <summary>Where a group starts and ends in UTF-16, or -1 and -1.</summary>
    public (int Start, int End) Span(object? key)
    {
        var group = Find(NumberOf(key));
        return group.Success ? (group.Index, group.Index + group.Length) : (-1, -1);
    }

    private int NumberOf(object? key) => key switch
    {
        string name => Regex.GroupNames.TryGetValue(name, out var number) ? number : throw PyErrorException.IndexError("no such group"),
        long number when number >= 0 && number <= Regex.GroupCount => (int)number,
        int number => number,
        _ => throw PyErrorException.IndexError("no such group"),
    };

    private Group Find(int number) => number == 0
        ? Inner
        : number > 0 && number <= Regex.GroupCount
            ? Inner.Groups[number.ToString(CultureInfo.InvariantCulture)]
            : throw PyErrorException.IndexError("no such group");
}
