using System.Globalization;
using System.Numerics;
using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Formatting by <c>'…' % values</c>.</summary>
internal sealed class PyPercentFormat
{
    private readonly string _format;
    private readonly object? _argument;
    private readonly IReadOnlyList<object?> _values;
    private readonly bool _isBytes;
    private int _next;
    private bool _usesMapping;

    private PyPercentFormat(string format, object? argument, bool isBytes)
    {
        (_format, _argument, _isBytes) = (format, argument, isBytes);
        _values = argument is PyTuple tuple ? tuple : [argument];
    }

    public static string Format(string format, object? argument, bool isBytes = false) => new PyPercentFormat(format, argument, isBytes).Run();

    private string Run()
    {
        var output = new StringBuilder();
        for (var i = 0; i < _format.Length;)
        {
            if (_format[i] != '%')
            {
                output.Append(_format[i++]);
                continue;
            }

            i = AppendOne(output, i + 1);
        }

        return _next < _values.Count && !_usesMapping && _argument is not PyDict
            ? throw PyErrorException.TypeError($"not all arguments converted during {(_isBytes ? "bytes" : "string")} formatting")
            : output.ToString();
    }

    private int AppendOne(StringBuilder output, int i)
    {
        object? mapped = null;
        var hasKey = false;
        if (i < _format.Length && _format[i] == '(')
        {
            var end = _format.IndexOf(')', i);
            if (end < 0)
            {
                throw PyErrorException.ValueError("incomplete format key");
            }

            var dict = _argument as PyDict ?? throw PyErrorException.TypeError("format requires a mapping");
            (mapped, hasKey, _usesMapping) = (dict[_format[(i + 1)..end]], true, true);
            i = end + 1;
        }

        var flags = i;
        while (i < _format.Length && _format[i] is '-' or '+' or ' ' or '#' or '0')
        {
            i++;
        }

        var flagText = _format[flags..i];
        var width = ReadNumber(ref i);
        if (width < 0)
        {
            (flagText, width) = (flagText + "-", -width);
        }

        int? precision = null;
        if (i < _format.Length && _format[i] == '.')
        {
            i++;
            precision = Math.Max(0, ReadNumber(ref i) ?? 0);
        }

        while (i < _format.Length && _format[i] is 'l' or 'h' or 'L')
        {
            i++;
        }

        if (i >= _format.Length)
        {
            throw PyErrorException.ValueError("incomplete format");
        }

        var type = _format[i];
        if (type == '%')
        {
            output.Append('%');
            return i + 1;
        }

        var text = Convert(type, hasKey ? mapped : Next(), flagText, precision, i, out var isNumber);
        output.Append(Pad(text, flagText, width ?? 0, isNumber));
        return i + 1;
    }

    private string Convert(char type, object? value, string flags, int? precision, int position, out bool isNumber)
    {
        isNumber = true;
        switch (type)
        {
            case 's' or 'r' or 'a' or 'b':
                isNumber = false;
                var text = type switch
                {
                    'r' => PyText.Repr(value),
                    'a' => PyText.Ascii(value),
                    _ when _isBytes && PyBytes.IsBytes(value) => PyBytes.ToLatin1(PyBytes.Of(value!)),
                    _ => PyText.Str(value),
                };
                return precision is { } length && length < text.Length ? text[..length] : text;
            case 'c':
                isNumber = false;
                return Character(value);
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                return Integer(type, value, flags, precision);
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                var number = PyNumbers.IsNumber(value)
                    ? PyArithmetic.ToFloat(value)
                    : throw PyErrorException.TypeError($"must be real number, not {PyTypeNames.Of(value)}");
                var digits = PyFormat.FloatDigits(Math.Abs(number), type, precision ?? 6, flags.Contains('#'));
                return Sign(double.IsNegative(number) && !double.IsNaN(number), flags) + digits;
            default:
                throw PyErrorException.ValueError($"unsupported format character '{type}' (0x{(int)type:x}) at index {position}");
        }
    }

    private static string Character(object? value)
    {
        if (value is string text)
        {
            return PyCodePoints.Length(text) == 1 ? text : throw PyErrorException.TypeError("%c requires int or char");
        }

        return PyNumbers.TryGetInteger(value, out var code)
            ? code >= 0 && code < 0x110000
                ? char.ConvertFromUtf32((int)code)
                : throw new PyErrorException("OverflowError", "%c arg not in range(0x110000)")
            : throw PyErrorException.TypeError("%c requires int or char");
    }

    private static string Integer(char type, object? value, string flags, int? precision)
    {
        BigInteger integer;
        if (value is double real && type is 'd' or 'i' or 'u')
        {
            integer = new BigInteger((double)value);
        }
        else if (!PyNumbers.TryGetInteger(value, out integer))
        {
            throw PyErrorException.TypeError(type is 'd' or 'i' or 'u'
                ? $"%{type} format: a real number is required, not {PyTypeNames.Of(value)}"
                : $"%{type} format: an integer is required, not {PyTypeNames.Of(value)}");
        }

        var magnitude = BigInteger.Abs(integer);
        var digits = type switch
        {
            'x' => PyFormat.ToBase(magnitude, 16),
            'X' => PyFormat.ToBase(magnitude, 16).ToUpperInvariant(),
            'o' => PyFormat.ToBase(magnitude, 8),
            _ => magnitude.ToString(CultureInfo.InvariantCulture),
        };
        digits = digits.PadLeft(precision ?? 0, '0');
        var prefix = flags.Contains('#') && type is 'x' or 'X' or 'o' ? "0" + type : string.Empty;
        return Sign(integer.Sign < 0, flags) + prefix + digits;
    }

    private static string Sign(bool isNegative, string flags) =>
        isNegative ? "-" : flags.Contains('+') ? "+" : flags.Contains(' ') ? " " : string.Empty;

    private static string Pad(string text, string flags, int width, bool isNumber)
    {
        EvaluationBudget.Allocate(width);
        if (flags.Contains('-'))
        {
            return text.PadRight(width);
        }

        if (!isNumber || !flags.Contains('0') || text.Length >= width)
        {
            return text.PadLeft(width);
        }

        var signs = text.Length > 0 && text[0] is '-' or '+' or ' ' ? 1 : 0;
        signs += text.Length > signs + 1 && text[signs] == '0' && text[signs + 1] is 'x' or 'X' or 'o' ? 2 : 0;
        return text[..signs] + new string('0', width - text.Length) + text[signs..];
    }

    private int? ReadNumber(ref int i)
    {
        if (i < _format.Length && _format[i] == '*')
        {
            i++;
            return PyNumbers.TryGetInteger(Next(), out var given) ? (int)given : throw PyErrorException.TypeError("* wants int");
        }

        var start = i;
        while (i < _format.Length && char.IsAsciiDigit(_format[i]))
        {
            i++;
        }

        return i == start
            ? null
            : int.TryParse(_format.AsSpan(start, i - start), out var number)
                ? number
                : throw PyErrorException.ValueError("width too big");
    }

    private object? Next() => _next < _values.Count
        ? _values[_next++]
        : throw PyErrorException.TypeError("not enough arguments for format string");
}
