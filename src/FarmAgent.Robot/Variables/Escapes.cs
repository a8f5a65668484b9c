using System.Globalization;
using System.Text;

namespace FarmAgent.Robot.Variables;

/// <summary>Backslashes in the cells of a suite.</summary>
internal static class Escapes
{
    private static readonly string[] ControlWords = ["ELSE", "ELSE IF", "AND", "WITH NAME", "AS"];
    private static readonly string[] Sequences = ["\\", "${", "@{", "%{", "&{", "*{", "="];

    /// <summary>Resolves escapes once: <c>\n \r \t \xHH \uHHHH \UHHHHHHHH</c>; before anything else the backslash goes.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '\\')
            {
                output.Append(text[i++]);
                continue;
            }

            var end = i;
            while (end < text.Length && text[end] == '\\')
            {
                end++;
            }

            output.Append('\\', (end - i) / 2);
            i = (end - i) % 2 == 1 ? AppendSequence(output, text, end) : end;
        }

        return output.ToString();
    }

    /// <summary>The opposite: text that comes out unchanged when it is resolved again.</summary>
    public static string Escape(string text)
    {
        if (ControlWords.Contains(text, StringComparer.Ordinal))
        {
            return "\\" + text;
        }

        foreach (var sequence in Sequences)
        {
            text = text.Replace(sequence, "\\" + sequence, StringComparison.Ordinal);
        }

        return text;
    }

    private static int AppendSequence(StringBuilder output, string text, int position)
    {
        var marker = position < text.Length ? text[position] : '\0';
        switch (marker)
        {
            case 'n':
                output.Append('\n');
                return position + 1;
            case 'r':
                output.Append('\r');
                return position + 1;
            case 't':
                output.Append('\t');
                return position + 1;
            case 'x' or 'u' or 'U':
                var length = marker == 'x' ? 2 : marker == 'u' ? 4 : 8;
                if (position + 1 + length <= text.Length && IsHex(text.AsSpan(position + 1, length)))
                {
                    AppendCodePoint(output, text.AsSpan(position + 1, length));
                    return position + 1 + length;
                }

                return position;
            default:
                return position;
        }
    }

    private static bool IsHex(ReadOnlySpan<char> digits)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        return true;
    }

    private static void AppendCodePoint(StringBuilder output, ReadOnlySpan<char> digits)
    {
        var code = uint.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (code > 0x10ffff)
        {
            output.Append('U').Append(digits);
        }
        else if (code > 0xffff)
        {
            output.Append(char.ConvertFromUtf32((int)code));
        }
        else
        {
            output.Append((char)code);
        }
    }
}
