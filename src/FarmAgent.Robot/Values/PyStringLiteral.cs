using System.Globalization;
using System.Text;

namespace FarmAgent.Robot.Values;

/// <summary>Text and bytes as Python writes them in source: quotes, escapes.</summary>
internal static class PyStringLiteral
{
    public static string Of(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var output = new StringBuilder(text.Length + 2).Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == quote || c == '\\')
            {
                output.Append('\\').Append(c);
            }
            else if (c is >= ' ' and < '\x7f')
            {
                output.Append(c);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                AppendRune(output, char.ConvertToUtf32(c, text[++i]));
            }
            else
            {
                AppendRune(output, c);
            }
        }

        return output.Append(quote).ToString();
    }

    public static string OfBytes(ReadOnlySpan<byte> bytes)
    {
        var quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? '"' : '\'';
        var output = new StringBuilder(bytes.Length + 3).Append('b').Append(quote);
        foreach (var value in bytes)
        {
            var c = (char)value;
            if (c == quote || c == '\\')
            {
                output.Append('\\').Append(c);
            }
            else if (c is >= ' ' and < '\x7f')
            {
                output.Append(c);
            }
            else
            {
                AppendEscape(output, c);
            }
        }

        return output.Append(quote).ToString();
    }

    public static string EscapeNonAscii(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                output.Append(rune);
            }
            else
            {
                AppendEscape(output, rune.Value);
            }
        }

        return output.ToString();
    }

    /// <summary>What <c>str.isprintable()</c> says about one character.</summary>
    public static bool IsPrintable(int codePoint) => codePoint == ' ' || CharUnicodeInfo.GetUnicodeCategory(codePoint) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);

    private static void AppendRune(StringBuilder output, int codePoint)
    {
        if (IsPrintable(codePoint))
        {
            output.Append(char.ConvertFromUtf32(codePoint));
        }
        else
        {
            AppendEscape(output, codePoint);
        }
    }

    private static void AppendEscape(StringBuilder output, int codePoint) => _ = codePoint switch
    {
        '\n' => output.Append("\\n"),
        '\r' => output.Append("\\r"),
        '\t' => output.Append("\\t"),
        <= 0xff => output.Append($"\\x{codePoint:x2}"),
        <= 0xffff => output.Append($"\\u{codePoint:x4}"),
        _ => output.Append($"\\U{codePoint:x8}"),
    };
}
