namespace FarmAgent.Robot.Values;

/// <summary>What Python's <c>str.isspace()</c>, <c>split()</c> and <c>splitlines()</c> take for white space and line ends.</summary>
internal static class PyWhitespace
{
    public static readonly char[] All =
    [
        '\t', '\n', '\v', '\f', '\r', '\x1c', '\x1d', '\x1e', '\x1f', ' ', '\x85', '\xa0', '\u1680', '\u2000', '\u2001', '\u2002',
        '\u2003', '\u2004', '\u2005', '\u2006', '\u2007', '\u2008', '\u2009', '\u200a', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000',
    ];

    public static bool Contains(char c) => c is >= '\t' and <= '\r' or >= '\x1c' and <= ' ' || (c >= '\x85' && Array.BinarySearch(All, c) >= 0);

    /// <summary>The words of a text: split at runs of white space, nothing empty.</summary>
    public static string[] Words(string text) => text.Split(All, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines of a text by all line ends that Python knows; a line end at the end starts no further line.</summary>
    public static List<string> Lines(string text, bool keepEnds = false)
    {
        var lines = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ((>= '\n' and <= '\r') or (>= '\x1c' and <= '\x1e') or '\x85' or '\u2028' or '\u2029'))
            {
                continue;
            }

            var end = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? i + 2 : i + 1;
            lines.Add(text[start..(keepEnds ? end : i)]);
            start = end;
            i = end - 1;
        }

        if (start < text.Length)
        {
            lines.Add(text[start..]);
        }

        return lines;
    }
}
