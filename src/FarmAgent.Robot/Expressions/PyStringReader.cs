using System.Globalization;
using System.Text;

namespace FarmAgent.Robot.Expressions;

/// <summary>The parts of a string literal, and its escapes.</summary>
internal static class PyStringReader
{
    /// <summary>Splits a literal into its prefix and what is between the quotes.</summary>
    public static (string Prefix, string Body) Split(string source)
    {
        var quote = source.IndexOfAny(['\'', '"']);
        var width = source.Length >= quote + 6 && source[quote + 1] == source[quote] && source[quote + 2] == source[quote] ? 3 : 1;
        return (source[..quote].ToLowerInvariant(), source[(quote + width)..^width]);
    }

    public static byte[] UnescapeBytes(string body, bool isRaw, int line)
    {
        if (body.Any(c => c > 0x7f))
        {
            throw PySyntaxError.At(line, "bytes can only contain ASCII literal characters");
        }

        return Encoding.Latin1.GetBytes(isRaw ? body : Unescape(body, line, isBytes: true));
    }

    public static string Unescape(string body, int line, bool isBytes = false)
    {
        if (!body.Contains('\\'))
        {
            return body;
        }

        var output = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length;)
        {
            if (body[i] != '\\' || i + 1 >= body.Length)
            {
                output.Append(body[i++]);
                continue;
            }

            i = AppendEscape(output, body, i + 1, line, isBytes);
        }

        return output.ToString();
    }

    private static int AppendEscape(StringBuilder output, string body, int i, int line, bool isBytes)
    {
        var c = body[i];
        switch (c)
        {
            case '\n':
                return i + 1;
            case '\\' or '\'' or '"':
                output.Append(c);
                return i + 1;
            case 'n' or 'r' or 't' or 'a' or 'b' or 'f' or 'v':
                output.Append(c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'a' => '\a', 'b' => '\b', 'f' => '\f', _ => '\v' });
                return i + 1;
            case >= '0' and <= '7':
                var value = 0;
                var end = i;
                while (end < body.Length && end < i + 3 && body[end] is >= '0' and <= '7')
                {
                    value = (value * 8) + (body[end++] - '0');
                }

                output.Append((char)(isBytes ? value & 0xff : value));
                return end;
            case 'x':
                return AppendHex(output, body, i, 2, line, isBytes);
            case 'u' when !isBytes:
                return AppendHex(output, body, i, 4, line, isBytes);
            case 'U' when !isBytes:
                return AppendHex(output, body, i, 8, line, isBytes);
            default:
                output.Append('\\').Append(c);
                return i + 1;
        }
    }

    private static int AppendHex(StringBuilder output, string body, int i, int length, int line, bool isBytes)
    {
        var end = i + 1;
        while (end < body.Length && end < i + 1 + length && char.IsAsciiHexDigit(body[end]))
        {
            end++;
        }

        if (end - i - 1 < length)
        {
            var form = body[i] + new string('X', length);
            throw PySyntaxError.At(line, isBytes
                ? $"(value error) invalid \\x escape at position {i - 1}"
                : $"(unicode error) 'unicodeescape' codec can't decode bytes in position {i - 1}-{end - 1}: truncated \\{form} escape");
        }

        var code = uint.Parse(body.AsSpan(i + 1, length), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (code > 0x10ffff)
        {
            throw PySyntaxError.At(
                line, $"(unicode error) 'unicodeescape' codec can't decode bytes in position {i - 1}-{end - 1}: illegal Unicode character");
        }

        _ = code > 0xffff ? output.Append(char.ConvertFromUtf32((int)code)) : output.Append((char)code);
        return end;
    }
}
