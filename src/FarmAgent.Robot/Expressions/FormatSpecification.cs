using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>A format specification: <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed class FormatSpecification
{
    private string _fill = " ";
    private int _width;

    public char Align { get; private set; }

    public char Sign { get; private set; }

    public bool IsAlternate { get; private set; }

    public char Grouping { get; private set; }

    public int? Precision { get; private set; }

    public char Type { get; private set; }

    /// <summary>The type of the formatted value, for messages.</summary>
    public required string TypeName { get; init; }

    public static FormatSpecification Parse(string text, object? value)
    {
        var spec = new FormatSpecification { TypeName = PyTypeNames.Of(value) };
        var i = spec.ReadAlignment(text);
        if (i < text.Length && text[i] is '+' or '-' or ' ')
        {
            spec.Sign = text[i++];
        }

        if (i < text.Length && text[i] == 'z')
        {
            i++;
        }

        if (i < text.Length && text[i] == '#')
        {
            spec.IsAlternate = true;
            i++;
        }

        if (i < text.Length && text[i] == '0')
        {
            if (spec.Align == '\0')
            {
                (spec._fill, spec.Align) = ("0", value is string ? '<' : '=');
            }

            i++;
        }

        spec._width = ReadNumber(text, ref i) ?? 0;
        if (i < text.Length && text[i] is ',' or '_')
        {
            spec.Grouping = text[i++];
        }

        if (i < text.Length && text[i] == '.')
        {
            i++;
            spec.Precision = ReadNumber(text, ref i) ?? throw PyErrorException.ValueError("Format specifier missing precision");
        }

        if (text.Length - i > 1)
        {
            throw PyErrorException.ValueError($"Invalid format specifier '{text}' for object of type '{spec.TypeName}'");
        }

        spec.Type = i < text.Length ? text[i] : '\0';
        return spec;
    }

    public string SignOf(bool isNegative) => isNegative ? "-" : Sign is '+' or ' ' ? Sign.ToString() : string.Empty;

    public string Pad(string text, char defaultAlign)
    {
        var missing = _width - PyCodePoints.Length(text);
        if (missing <= 0)
        {
            return text;
        }

        EvaluationBudget.Allocate(missing);
        var left = (Align == '\0' ? defaultAlign : Align) switch
        {
            '<' => 0,
            '^' => missing / 2,
            _ => missing,
        };
        return Repeat(left) + text + Repeat(missing - left);
    }

    /// <summary>Puts a number together: sign and prefix, grouped digits, rest; zeros may stand between prefix and digits.</summary>
    public string PadNumber(string prefix, string digits, string rest, int groupSize)
    {
        if (Align != '=')
        {
            return Pad(prefix + Group(digits, groupSize) + rest, '>');
        }

        var room = _width - prefix.Length - rest.Length;
        if (Grouping != '\0' && _fill == "0")
        {
            while (Group(digits, groupSize).Length < room)
            {
                digits = "0" + digits;
                if (Group(digits, groupSize) is var grouped && grouped.Length > room)
                {
                    break;
                }
            }

            return prefix + Group(digits, groupSize) + rest;
        }

        var body = Group(digits, groupSize);
        EvaluationBudget.Allocate(Math.Max(0, room));
        return prefix + Repeat(Math.Max(0, room - body.Length)) + body + rest;
    }

    private static int? ReadNumber(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
        }

        return i == start
            ? null
            : int.TryParse(text.AsSpan(start, i - start), out var number)
                ? number
                : throw PyErrorException.ValueError("Too many decimal digits in format string");
    }

    private int ReadAlignment(string text)
    {
        var width = text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
        if (text.Length > width && text[width] is '<' or '>' or '=' or '^')
        {
            (_fill, Align) = (text[..width], text[width]);
            return width + 1;
        }

        if (text[0] is '<' or '>' or '=' or '^')
        {
            Align = text[0];
            return 1;
        }

        return 0;
    }

    private string Repeat(int count) => _fill.Length == 1 ? new string(_fill[0], count) : string.Concat(Enumerable.Repeat(_fill, count));

    private string Group(string digits, int size)
    {
        if (Grouping == '\0')
        {
            return digits;
        }

        var output = new StringBuilder(digits);
        for (var i = digits.Length - size; i > 0; i -= size)
        {
            output.Insert(i, Grouping);
        }

        return output.ToString();
    }
}
