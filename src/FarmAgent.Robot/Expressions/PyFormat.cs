using System.Globalization;
using System.Numerics;
using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>An object with format specifications of its own.</summary>
internal interface IPyFormattable
{
    string Format(string specification);
}

/// <summary>Python's <c>format(value, specification)</c>.</summary>
internal static class PyFormat
{
    public static string Format(object? value, string specification)
    {
        if (value is IPyFormattable own)
        {
            return own.Format(specification);
        }

        if (specification.Length == 0)
        {
            return PyText.Str(value);
        }

        switch (value)
        {
            case string text:
                return FormatText(text, FormatSpecification.Parse(specification, value));
            case bool or long or BigInteger:
                _ = PyNumbers.TryGetInteger(value, out var integer);
                return FormatInteger(integer, FormatSpecification.Parse(specification, value));
            case double number:
                return FormatFloat(number, FormatSpecification.Parse(specification, value));
            default:
                throw PyErrorException.TypeError($"unsupported format string passed to {PyTypeNames.Of(value)}.__format__");
        }
    }

    /// <summary>Digits of a float by one of the types <c>e f g %</c> and their capitals.</summary>
    public static string FloatDigits(double value, char type, int precision, bool isAlternate)
    {
        if (!double.IsFinite(value))
        {
            var special = double.IsNaN(value) ? "nan" : "inf";
            return char.IsUpper(type) ? special.ToUpperInvariant() : special;
        }

        if (precision > 10_000)
        {
            throw PyErrorException.ValueError("precision too big");
        }

        return type switch
        {
            'f' or 'F' => DecimalDigits.Fixed(value, precision) + (isAlternate && precision == 0 ? "." : string.Empty),
            'e' or 'E' => DecimalDigits.Exponent(value, precision, type, isAlternate),
            _ => DecimalDigits.General(value, precision, type == 'G', isAlternate),
        };
    }

    private static string FormatText(string text, FormatSpecification spec)
    {
        if (spec.Type is not ('\0' or 's'))
        {
            throw PyErrorException.ValueError($"Unknown format code '{spec.Type}' for object of type '{spec.TypeName}'");
        }

        if (spec.Sign != '\0')
        {
            throw PyErrorException.ValueError(
                spec.Sign == ' ' ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier");
        }

        if (spec.IsAlternate)
        {
            throw PyErrorException.ValueError("Alternate form (#) not allowed in string format specifier");
        }

        if (spec.Align == '=')
        {
            throw PyErrorException.ValueError("'=' alignment not allowed in string format specifier");
        }

        if (spec.Grouping != '\0')
        {
            throw PyErrorException.ValueError($"Cannot specify '{spec.Grouping}' with 's'.");
        }

        if (spec.Precision is { } precision && PyCodePoints.Length(text) > precision)
        {
            text = text[..PyCodePoints.ToUtf16Index(text, precision)];
        }

        return spec.Pad(text, '<');
    }

    private static string FormatInteger(BigInteger value, FormatSpecification spec)
    {
        if (spec.Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%')
        {
            return FormatFloat(PyArithmetic.ToFloat(PyNumbers.Normalize(value)), spec);
        }

        if (spec.Precision is not null)
        {
            throw PyErrorException.ValueError("Precision not allowed in integer format specifier");
        }

        if (spec.Type == 'c')
        {
            return FormatCharacter(value, spec);
        }

        var magnitude = BigInteger.Abs(value);
        var (digits, prefix, group) = spec.Type switch
        {
            'b' => (ToBase(magnitude, 2), "0b", 4),
            'o' => (ToBase(magnitude, 8), "0o", 4),
            'x' => (ToBase(magnitude, 16), "0x", 4),
            'X' => (ToBase(magnitude, 16).ToUpperInvariant(), "0X", 4),
            '\0' or 'd' or 'n' => (magnitude.ToString(CultureInfo.InvariantCulture), string.Empty, 3),
            _ => throw PyErrorException.ValueError($"Unknown format code '{spec.Type}' for object of type '{spec.TypeName}'"),
        };
        if (spec.Grouping == ',' && spec.Type is 'b' or 'o' or 'x' or 'X')
        {
            throw PyErrorException.ValueError($"Cannot specify ',' with '{spec.Type}'.");
        }

        return spec.PadNumber(spec.SignOf(value.Sign < 0) + (spec.IsAlternate ? prefix : string.Empty), digits, string.Empty, group);
    }

    private static string FormatCharacter(BigInteger value, FormatSpecification spec)
    {
        if (spec.Sign != '\0')
        {
            throw PyErrorException.ValueError("Sign not allowed with integer format specifier 'c'");
        }

        return value >= 0 && value <= 0x10ffff
            ? spec.Pad(value is var code && code < 0x10000 ? ((char)(int)code).ToString() : char.ConvertFromUtf32((int)value), '>')
            : throw new PyErrorException("OverflowError", "%c arg not in range(0x110000)");
    }

    private static string FormatFloat(double value, FormatSpecification spec)
    {
        var isNegative = double.IsNegative(value) && !double.IsNaN(value);
        var magnitude = Math.Abs(value);
        string digits;
        switch (spec.Type)
        {
            case '\0' when spec.Precision is null:
                digits = PyFloatText.Of(magnitude);
                break;
            case '\0':
                digits = WithPoint(FloatDigits(magnitude, 'g', Math.Max(1, spec.Precision.Value), spec.IsAlternate));
                break;
            case '%':
                digits = FloatDigits(magnitude * 100, 'f', spec.Precision ?? 6, spec.IsAlternate) + "%";
                break;
            case 'n':
                digits = FloatDigits(magnitude, 'g', spec.Precision ?? 6, spec.IsAlternate);
                break;
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                digits = FloatDigits(magnitude, spec.Type, spec.Precision ?? 6, spec.IsAlternate);
                break;
            default:
                throw PyErrorException.ValueError($"Unknown format code '{spec.Type}' for object of type '{spec.TypeName}'");
        }

        var end = digits.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0
            ? spec.PadNumber(spec.SignOf(isNegative), digits, string.Empty, 3)
            : spec.PadNumber(spec.SignOf(isNegative), digits[..end], digits[end..], 3);
    }

    /// <summary>Without a type a float always shows that it is one.</summary>
    private static string WithPoint(string digits)
    {
        if (digits.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return digits;
        }

        return digits + ".0";
    }

    public static string ToBase(BigInteger magnitude, int numberBase)
    {
        if (magnitude.IsZero)
        {
            return "0";
        }

        if (numberBase is 16 or 2)
        {
            var text = magnitude.ToString(numberBase == 16 ? "x" : "b", CultureInfo.InvariantCulture).TrimStart('0');
            return text.Length == 0 ? "0" : text;
        }

        var output = new StringBuilder();
        for (; !magnitude.IsZero; magnitude /= numberBase)
        {
            output.Insert(0, "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(magnitude % numberBase)]);
        }

        return output.ToString();
    }
}
