namespace FarmAgent.Robot.Values;

/// <summary>Python counts characters as code points; text here is UTF-16. Only text with surrogates needs the difference.</summary>
internal static class PyCodePoints
{
    public static bool HasSurrogates(string text) => text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0;

    public static int Length(string text)
    {
        if (!HasSurrogates(text))
        {
            return text.Length;
        }

        var count = 0;
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
        {
            count++;
        }

        return count;
    }

    /// <summary>One string for each character.</summary>
    public static IEnumerable<string> Split(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var width = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
            yield return text.Substring(i, width);
            i += width;
        }
    }

    /// <summary>The position in UTF-16 of a character counted in code points.</summary>
    public static int ToUtf16Index(string text, int index)
    {
        if (!HasSurrogates(text))
        {
            return index;
        }

        var position = 0;
        for (; index > 0 && position < text.Length; index--)
        {
            position += position + 1 < text.Length && char.IsSurrogatePair(text[position], text[position + 1]) ? 2 : 1;
        }

        return position;
    }

    /// <summary>The count of code points before a position in UTF-16.</summary>
    public static int FromUtf16Index(string text, int position) => position <= 0 ? position : Length(text[..position]);
}
