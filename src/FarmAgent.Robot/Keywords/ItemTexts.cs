using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>How messages of keywords list things.</summary>
internal static class ItemTexts
{
    /// <summary><c>'a', 'b' and 'c'</c>.</summary>
    public static string Quoted(IEnumerable<object?> items, string lastSeparator = " and ")
    {
        var texts = items.Select(item => $"'{PyText.InMessages(item)}'").ToList();
        return texts.Count < 2 ? string.Concat(texts) : string.Join(", ", texts.SkipLast(2).Append(texts[^2] + lastSeparator + texts[^1]));
    }

    public static string Plural(long count) => count is 1 or -1 ? string.Empty : "s";

    /// <summary>Why two values are not equal: <c>a != b</c>, with the types when that shows no difference.</summary>
    public static string Difference(object? first, object? second)
    {
        var (a, b) = (PyText.InMessages(first), PyText.InMessages(second));
        return a == b ? $"{a} ({PyTypeNames.InMessages(first)}) != {b} ({PyTypeNames.InMessages(second)})" : $"{a} != {b}";
    }
}
