namespace FarmAgent.Robot.Parsing;

/// <summary>How lists of errors and of words are put into one text.</summary>
internal static class ErrorList
{
    public static string? Format(IReadOnlyList<string> errors) => errors.Count switch
    {
        0 => null,
        1 => errors[0],
        _ => "Multiple errors:\n- " + string.Join("\n- ", errors),
    };

    /// <summary>Words in quotes, <c>'a', 'b' and 'c'</c>.</summary>
    public static string Quote(IEnumerable<string> words, string last = " and ", string quote = "'")
    {
        var quoted = words.Select(word => quote + word + quote).ToList();
        return quoted.Count <= 1 ? string.Concat(quoted) : string.Join(", ", quoted.SkipLast(1)) + last + quoted[^1];
    }
}
