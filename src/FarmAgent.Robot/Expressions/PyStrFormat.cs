using System.Globalization;
using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Python's <c>str.format()</c>.</summary>
internal sealed class PyStrFormat
{
    private readonly IReadOnlyList<object?> _positional;
    private readonly Func<string, object?> _named;
    private int _automatic;

    private PyStrFormat(IReadOnlyList<object?> positional, Func<string, object?> named)
    {
        (_positional, _named) = (positional, named);
    }

    public static string Format(string template, IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?> named) =>
        new PyStrFormat(positional, name => named.TryGetValue(name, out var value) ? value : throw PyErrorException.KeyError(name))
            .Run(template, 2);

    public static string FormatMap(string template, object? mapping) =>
        new PyStrFormat([], name => PySubscript.Get(mapping, name)).Run(template, 2);

    private string Run(string template, int depth)
    {
        if (depth < 0)
        {
            throw PyErrorException.ValueError("Max string recursion exceeded");
        }

        var output = new StringBuilder();
        for (var i = 0; i < template.Length;)
        {
            var c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                output.Append(c);
                i += 2;
            }
            else if (c == '}')
            {
                throw PyErrorException.ValueError("Single '}' encountered in format string");
            }
            else if (c == '{')
            {
                if (i + 1 >= template.Length)
                {
                    throw PyErrorException.ValueError("Single '{' encountered in format string");
                }

                var end = FindEnd(template, i + 1);
                output.Append(Field(template[(i + 1)..end], depth));
                i = end + 1;
            }
            else
            {
                output.Append(c);
                i++;
            }
        }

        return output.ToString();
    }

    private static int FindEnd(string template, int start)
    {
        var depth = 1;
        var inBrackets = false;
        for (var i = start; i < template.Length; i++)
        {
            switch (template[i])
            {
                case '[' when depth == 1:
                    inBrackets = true;
                    break;
                case ']' when depth == 1:
                    inBrackets = false;
                    break;
                case '{' when !inBrackets:
                    depth++;
                    break;
                case '}' when !inBrackets && --depth == 0:
                    return i;
            }
        }

        throw PyErrorException.ValueError("expected '}' before end of string");
    }

    private string Field(string field, int depth)
    {
        var nameEnd = FindNameEnd(field);
        var value = Value(field[..nameEnd]);
        var specification = string.Empty;
        if (nameEnd < field.Length && field[nameEnd] == '!')
        {
            if (nameEnd + 1 >= field.Length)
            {
                throw PyErrorException.ValueError("unmatched '{' in format spec");
            }

            var conversion = field[nameEnd + 1];
            if (nameEnd + 2 < field.Length && field[nameEnd + 2] != ':')
            {
                throw PyErrorException.ValueError("expected ':' after conversion specifier");
            }

            value = conversion switch
            {
                'r' => PyText.Repr(value),
                's' => PyText.Str(value),
                'a' => PyText.Ascii(value),
                _ => throw PyErrorException.ValueError($"Unknown conversion specifier {conversion}"),
            };
            nameEnd += 2;
        }

        if (nameEnd < field.Length)
        {
            specification = field[(nameEnd + 1)..];
        }

        return PyFormat.Format(value, specification.Contains('{') ? Run(specification, depth - 1) : specification);
    }

    private static int FindNameEnd(string field)
    {
        var inBrackets = false;
        for (var i = 0; i < field.Length; i++)
        {
            inBrackets = field[i] == '[' || (inBrackets && field[i] != ']');
            if (!inBrackets && field[i] is ':' or '!')
            {
                return i;
            }
        }

        return field.Length;
    }

    private object? Value(string name)
    {
        var end = name.IndexOfAny(['.', '[']);
        var first = end < 0 ? name : name[..end];
        var value = First(first);
        for (var i = end < 0 ? name.Length : end; i < name.Length;)
        {
            if (name[i] == '.')
            {
                var next = name.IndexOfAny(['.', '['], i + 1);
                next = next < 0 ? name.Length : next;
                if (next == i + 1)
                {
                    throw PyErrorException.ValueError("Empty attribute in format string");
                }

                value = PyAttributes.Get(value, name[(i + 1)..next]);
                i = next;
                continue;
            }

            var close = name.IndexOf(']', i);
            if (name[i] != '[' || close < 0)
            {
                throw PyErrorException.ValueError(
                    name[i] == '[' ? "Missing ']' in format string" : "Only '.' or '[' may follow ']' in format field specifier");
            }

            var key = name[(i + 1)..close];
            value = PySubscript.Get(value, key.Length > 0 && key.All(char.IsAsciiDigit) ? long.Parse(key, CultureInfo.InvariantCulture) : key);
            i = close + 1;
        }

        return value;
    }

    private object? First(string name)
    {
        if (name.Length == 0)
        {
            if (_automatic < 0)
            {
                throw PyErrorException.ValueError("cannot switch from manual field specification to automatic field numbering");
            }

            return Positional(_automatic++);
        }

        if (!name.All(char.IsAsciiDigit))
        {
            return _named(name);
        }

        if (_automatic > 0)
        {
            throw PyErrorException.ValueError("cannot switch from automatic field numbering to manual field specification");
        }

        _automatic = -1;
        return int.TryParse(name, out var index) ? Positional(index) : throw PyErrorException.ValueError("Too many decimal digits in format string");
    }

    private object? Positional(int index) => index < _positional.Count
        ? _positional[index]
        : throw PyErrorException.IndexError($"Replacement index {index} out of range for positional args tuple");
}
