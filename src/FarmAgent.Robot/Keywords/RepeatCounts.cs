using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Keywords;

/// <summary>Counts such as <c>5</c>, <c>5x</c> and <c>5 times</c>.</summary>
internal static class RepeatCounts
{
    /// <summary>Reads a count.</summary>
    /// <param name="text">The text.</param>
    /// <param name="requireWord">Whether a bare number is not one.</param>
    /// <param name="count">The count.</param>
    public static bool TryCount(string text, bool requireWord, out long count)
    {
        count = 0;
        var normal = NormalizedNames.Normalize(text);
        var stripped = Strip(text);
        if (requireWord && stripped.Length == normal.Length)
        {
            return false;
        }

        var digits = stripped.Replace("_", "", StringComparison.Ordinal);
        if (!PyNumberParser.TryInteger(digits, digits is ['0', 'x' or 'o' or 'b', ..] ? 0 : 10, out var number) || number is not long value)
        {
            return false;
        }

        count = value;
        return true;
    }

    /// <summary>The text without <c>x</c> or <c>times</c> and without spaces.</summary>
    public static string Strip(string text)
    {
        var normal = NormalizedNames.Normalize(text);
        return normal.EndsWith("times", StringComparison.Ordinal) ? normal[..^5] : normal.EndsWith('x') ? normal[..^1] : normal;
    }
}
