namespace FarmAgent.Robot.Variables;

/// <summary>Splits <c>name=value</c> at the first equals sign that is neither escaped nor inside a variable.</summary>
internal static class EqualsSplitter
{
    /// <summary>Name and value, or the whole text and <see langword="null"/>.</summary>
    public static (string Name, string? Value) Split(string text)
    {
        var index = FindSplit(text);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }

    private static int FindSplit(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal))
        {
            return -1;
        }

        var offset = 0;
        foreach (var match in VariableMatch.SearchAll(text, ignoreErrors: true))
        {
            var index = FindIn(text, offset, offset + match.Start);
            if (index >= 0)
            {
                return index;
            }

            offset += match.End;
        }

        return FindIn(text, offset, text.Length);
    }

    private static int FindIn(string text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '=')
            {
                return i;
            }
        }

        return -1;
    }
}
