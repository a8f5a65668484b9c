using System.Globalization;
using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Reads JSON into values, with Python's messages.</summary>
internal sealed class PyJsonReader
{
    private const int MaxDepth = 500;

    private readonly string _text;
    private int _position;
    private int _depth;

    private PyJsonReader(string text)
    {
        _text = text;
    }

    public static object? Read(string text)
    {
        var reader = new PyJsonReader(text);
        reader.SkipSpace();
        var value = reader.ReadValue();
        reader.SkipSpace();
        return reader._position == text.Length ? value : throw reader.Error("Extra data", reader._position);
    }

    private PyErrorException Error(string message, int position)
    {
        var before = _text[..Math.Min(position, _text.Length)];
        var line = before.Count(c => c == '\n') + 1;
        var column = position - before.LastIndexOf('\n');
        return new PyErrorException("JSONDecodeError", $"{message}: line {line} column {column} (char {position})");
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\n' or '\r')
        {
            _position++;
        }
    }

    private object? ReadValue()
    {
        if (++_depth > MaxDepth)
        {
            throw new PyErrorException("RecursionError", "maximum recursion depth exceeded while decoding a JSON object");
        }

        EvaluationBudget.Step();
        var c = _position < _text.Length ? _text[_position] : '\0';
        object? value = c switch
        {
            '"' => ReadText(),
            '{' => ReadObject(),
            '[' => ReadArray(),
            '-' or (>= '0' and <= '9') => ReadNumber(),
            _ => ReadWord(),
        };
        _depth--;
        return value;
    }

    private object? ReadWord()
    {
        foreach (var (word, value) in ((string, object?)[])
            [("null", null), ("true", true), ("false", false), ("NaN", double.NaN), ("Infinity", double.PositiveInfinity)])
        {
            if (_text.AsSpan(_position).StartsWith(word))
            {
                _position += word.Length;
                return value;
            }
        }

        throw Error("Expecting value", _position);
    }

    private object? ReadNumber()
    {
        var start = _position;
        _position += _text[_position] == '-' ? 1 : 0;
        if (_text.AsSpan(_position).StartsWith("Infinity"))
        {
            _position += "Infinity".Length;
            return double.NegativeInfinity;
        }

        var digits = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]) && (_position == digits || _text[digits] != '0'))
        {
            _position++;
        }

        if (_position == digits)
        {
            throw Error("Expecting value", start);
        }

        var isFloat = SkipFraction() | SkipExponent();
        var source = _text[start.._position];
        if (isFloat)
        {
            return double.Parse(source, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        _ = PyNumberParser.TryInteger(source, 10, out var value);
        return value;
    }

    private bool SkipFraction()
    {
        var end = _position + 1;
        if (_position >= _text.Length || _text[_position] != '.' || end >= _text.Length || !char.IsAsciiDigit(_text[end]))
        {
            return false;
        }

        SkipDigits(end);
        return true;
    }

    private bool SkipExponent()
    {
        if (_position >= _text.Length || _text[_position] is not ('e' or 'E'))
        {
            return false;
        }

        var end = _position + 1;
        end += end < _text.Length && _text[end] is '+' or '-' ? 1 : 0;
        if (end >= _text.Length || !char.IsAsciiDigit(_text[end]))
        {
            return false;
        }

        SkipDigits(end);
        return true;
    }

    private void SkipDigits(int position)
    {
        while (position < _text.Length && char.IsAsciiDigit(_text[position]))
        {
            position++;
        }

        _position = position;
    }

    private string ReadText()
    {
        var start = _position++;
        var output = new StringBuilder();
        while (true)
        {
            if (_position >= _text.Length)
            {
                throw Error("Unterminated string starting at", start);
            }

            var c = _text[_position++];
            switch (c)
            {
                case '"':
                    return output.ToString();
                case '\\':
                    ReadEscape(output, start);
                    break;
                case < ' ':
                    throw Error("Invalid control character at", _position - 1);
                default:
                    output.Append(c);
                    break;
            }
        }
    }

    private void ReadEscape(StringBuilder output, int start)
    {
        var c = _position < _text.Length ? _text[_position++] : throw Error("Unterminated string starting at", start);
        switch (c)
        {
            case '"' or '\\' or '/':
                output.Append(c);
                break;
            case 'b' or 'f' or 'n' or 'r' or 't':
                output.Append(c switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', _ => '\t' });
                break;
            case 'u':
                if (_position + 4 > _text.Length || !ushort.TryParse(_text.AsSpan(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                {
                    throw Error("Invalid \\uXXXX escape", _position - 1);
                }

                output.Append((char)code);
                _position += 4;
                break;
            default:
                throw Error("Invalid \\escape", _position - 2);
        }
    }

    private PyList ReadArray()
    {
        _position++;
        var list = new PyList();
        SkipSpace();
        if (_position < _text.Length && _text[_position] == ']')
        {
            _position++;
            return list;
        }

        while (true)
        {
            list.Add(ReadValue());
            SkipSpace();
            var c = _position < _text.Length ? _text[_position] : '\0';
            if (c is not (',' or ']'))
            {
                throw Error("Expecting ',' delimiter", _position);
            }

            _position++;
            if (c == ']')
            {
                return list;
            }

            SkipSpace();
        }
    }

    private PyDict ReadObject()
    {
        _position++;
        var dict = new PyDict();
        SkipSpace();
        if (_position < _text.Length && _text[_position] == '}')
        {
            _position++;
            return dict;
        }

        while (true)
        {
            if (_position >= _text.Length || _text[_position] != '"')
            {
                throw Error("Expecting property name enclosed in double quotes", _position);
            }

            var key = ReadText();
            SkipSpace();
            if (_position >= _text.Length || _text[_position] != ':')
            {
                throw Error("Expecting ':' delimiter", _position);
            }

            _position++;
            SkipSpace();
            dict[key] = ReadValue();
            SkipSpace();
            var c = _position < _text.Length ? _text[_position] : '\0';
            if (c is not (',' or '}'))
            {
                throw Error("Expecting ',' delimiter", _position);
            }

            _position++;
            if (c == '}')
            {
                return dict;
            }

            SkipSpace();
        }
    }
}
