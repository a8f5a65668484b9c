using System.Globalization;
using System.Numerics;
using System.Text;

namespace FarmAgent.Robot.Values;

/// <summary>Numbers written as text, by the rules of Python's <c>int()</c> and <c>float()</c>.</summary>
internal static class PyNumberParser
{
    /// <summary>Reads an integer; base 0 takes the base from a prefix.</summary>
    public static bool TryInteger(string text, int numberBase, out object? value)
    {
        value = null;
        var digits = text.Trim();
        var isNegative = digits.StartsWith('-');
        if (isNegative || digits.StartsWith('+'))
        {
            digits = digits[1..];
        }

        var prefixBase = digits.Length > 1 && digits[0] == '0' ? BaseOfPrefix(digits[1]) : 0;
        if (prefixBase != 0 && (numberBase == 0 || numberBase == prefixBase))
        {
            numberBase = prefixBase;
            digits = digits[2..];
            if (digits.StartsWith('_'))
            {
                digits = digits[1..];
            }
        }
        else if (numberBase == 0)
        {
            numberBase = 10;
            if (digits.Length > 1 && digits[0] == '0' && digits.Any(c => c is not ('0' or '_')))
            {
                return false;
            }
        }

        if (!TryDigits(digits, numberBase, out var number))
        {
            return false;
        }

        value = PyNumbers.Normalize(isNegative ? -number : number);
        return true;
    }

    /// <summary>Reads a float, with <c>inf</c> and <c>nan</c>.</summary>
    public static bool TryFloat(string text, out double value)
    {
        value = 0;
        var trimmed = ToAsciiDigits(text.Trim());
        var body = trimmed.TrimStart('+', '-');
        if (trimmed.Length - body.Length > 1)
        {
            return false;
        }

        switch (body.ToLowerInvariant())
        {
            case "inf" or "infinity":
                value = trimmed[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
                return true;
            case "nan":
                value = double.NaN;
                return true;
        }

        if (!HasFloatForm(body))
        {
            return false;
        }

        return double.TryParse(
            trimmed.Replace("_", string.Empty, StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static int BaseOfPrefix(char letter) => letter switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        _ => 0,
    };

    private static bool TryDigits(string digits, int numberBase, out BigInteger number)
    {
        number = BigInteger.Zero;
        if (digits.Length == 0 || digits[0] == '_' || digits[^1] == '_' || digits.Contains("__", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var rune in digits.EnumerateRunes())
        {
            if (rune.Value == '_')
            {
                continue;
            }

            var digit = ValueOfDigit(rune);
            if (digit < 0 || digit >= numberBase)
            {
                return false;
            }

            number = (number * numberBase) + digit;
        }

        return true;
    }

    private static int ValueOfDigit(Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
        {
            return (int)Rune.GetNumericValue(rune);
        }

        return rune.Value switch
        {
            >= 'a' and <= 'z' => rune.Value - 'a' + 10,
            >= 'A' and <= 'Z' => rune.Value - 'A' + 10,
            _ => -1,
        };
    }

    private static string ToAsciiDigits(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        return string.Concat(text.EnumerateRunes().Select(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
            ? ((int)Rune.GetNumericValue(rune)).ToString(CultureInfo.InvariantCulture)
            : rune.ToString()));
    }

    /// <summary>Digits with single underscores between them, at most one point, an exponent with digits.</summary>
    private static bool HasFloatForm(string body)
    {
        var mark = body.IndexOfAny(['e', 'E']);
        var exponent = mark < 0 ? "0" : body[(mark + 1)..];
        exponent = exponent.StartsWith('+') || exponent.StartsWith('-') ? exponent[1..] : exponent;
        var mantissa = mark < 0 ? body : body[..mark];
        var parts = mantissa.Split('.');
        return parts.Length <= 2 && parts.All(part => part.Length == 0 || IsDigits(part)) && parts.Any(part => part.Length > 0)
            && IsDigits(exponent);
    }

    private static bool IsDigits(string text) =>
        text.Length > 0 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1])
        && text.All(c => char.IsAsciiDigit(c) || c == '_') && !text.Contains("__", StringComparison.Ordinal);
}
