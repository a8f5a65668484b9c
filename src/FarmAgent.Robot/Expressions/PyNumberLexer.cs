using System.Globalization;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Number literals of expressions.</summary>
internal static class PyNumberLexer
{
    /// <summary>The number that starts at a position, and where it ends.</summary>
    public static (object? Value, int End) Read(string text, int start, int line)
    {
        if (text[start] == '0' && start + 1 < text.Length && char.ToLowerInvariant(text[start + 1]) is 'x' or 'o' or 'b')
        {
            return ReadPrefixed(text, start, line);
        }

        var end = SkipDigits(text, start, line);
        var isFloat = false;
        if (end < text.Length && text[end] == '.')
        {
            isFloat = true;
            end++;
            end = end < text.Length && char.IsAsciiDigit(text[end]) ? SkipDigits(text, end, line) : end;
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var digits = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                isFloat = true;
                end = SkipDigits(text, digits, line);
            }
        }

        CheckEnd(text, end, line, "decimal");
        var source = text[start..end].Replace("_", string.Empty, StringComparison.Ordinal);
        if (isFloat)
        {
            return (double.Parse(source, NumberStyles.Float, CultureInfo.InvariantCulture), end);
        }

        if (source.Length > 1 && source[0] == '0' && source.Any(c => c != '0'))
        {
            throw PySyntaxError.At(
                line, "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
        }

        _ = PyNumberParser.TryInteger(source, 10, out var value);
        return (value, end);
    }

    private static (object? Value, int End) ReadPrefixed(string text, int start, int line)
    {
        var (numberBase, name) = char.ToLowerInvariant(text[start + 1]) switch
        {
            'x' => (16, "hexadecimal"),
            'o' => (8, "octal"),
            _ => (2, "binary"),
        };
        var end = start + 2;
        while (end < text.Length && (IsDigit(text[end], numberBase) || text[end] == '_'))
        {
            end++;
        }

        if (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            throw PySyntaxError.At(line, $"invalid digit '{text[end]}' in {name} literal");
        }

        if (!PyNumberParser.TryInteger(text[start..end], numberBase, out var value))
        {
            throw PySyntaxError.At(line, $"invalid {name} literal");
        }

        CheckEnd(text, end, line, name);
        return (value, end);
    }

    private static bool IsDigit(char c, int numberBase) => numberBase switch
    {
        16 => char.IsAsciiHexDigit(c),
        8 => c is >= '0' and <= '7',
        _ => c is '0' or '1',
    };

    private static int SkipDigits(string text, int position, int line)
    {
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '_'))
        {
            if (text[position] == '_' && (position + 1 >= text.Length || !char.IsAsciiDigit(text[position + 1])))
            {
                throw PySyntaxError.At(line, "invalid decimal literal");
            }

            position++;
        }

        return position;
    }

    /// <summary>A name may not follow at once, except keywords such as <c>1if</c>.</summary>
    private static void CheckEnd(string text, int end, int line, string kind)
    {
        if (end >= text.Length || !(char.IsLetter(text[end]) || text[end] == '_'))
        {
            return;
        }

        var rest = text.AsSpan(end);
        foreach (var keyword in (ReadOnlySpan<string>)["and", "else", "for", "if", "in", "is", "not", "or"])
        {
            if (rest.StartsWith(keyword))
            {
                return;
            }
        }

        throw PySyntaxError.At(line, $"invalid {kind} literal");
    }
}
