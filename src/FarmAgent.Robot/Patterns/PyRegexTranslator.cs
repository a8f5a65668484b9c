using System.Globalization;
using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Patterns;

/// <summary>
/// Rewrites a regular expression from Python's dialect to that of .NET and finds its mistakes. Groups are numbered as Python does: .NET would
/// number named groups after the others.
/// </summary>
internal sealed class PyRegexTranslator
{
    private readonly string _pattern;
    private readonly StringBuilder _output = new();
    private readonly Stack<(int Position, bool CanRepeat)> _open = new();
    private int _position;
    private bool _canRepeat;
    private bool _isRepeated;
    private bool _lazyOrDone;

    private PyRegexTranslator(string pattern, PyRegexFlags flags)
    {
        (_pattern, Flags) = (pattern, flags);
    }

    public PyRegexFlags Flags { get; private set; }

    public int GroupCount { get; private set; }

    public Dictionary<string, int> GroupNames { get; } = new(StringComparer.Ordinal);

    public string Result => _output.ToString();

    /// <summary>Rewrites a pattern.</summary>
    /// <exception cref="PyErrorException">Python's <c>error</c>, with the position of the mistake.</exception>
    public static PyRegexTranslator Translate(string pattern, PyRegexFlags flags)
    {
        var translator = new PyRegexTranslator(pattern, flags);
        translator.Run();
        return translator;
    }

    private PyErrorException Error(string message, int position)
    {
        position = PyCodePoints.FromUtf16Index(_pattern, position);
        if (!_pattern.Contains('\n'))
        {
            return new PyErrorException("error", $"{message} at position {position}");
        }

        var line = _pattern.Take(position).Count(c => c == '\n') + 1;
        var column = position - (_pattern.LastIndexOf('\n', Math.Max(0, position - 1)) + 1) + 1;
        return new PyErrorException("error", $"{message} at position {position} (line {line}, column {column})");
    }

    private void Run()
    {
        while (_position < _pattern.Length)
        {
            ReadOne(_pattern[_position]);
        }

        if (_open.TryPop(out var open))
        {
            throw Error("missing ), unterminated subpattern", open.Position);
        }
    }

    private void ReadOne(char c)
    {
        switch (c)
        {
            case '\\':
                ReadEscape();
                break;
            case '[':
                ReadSet();
                break;
            case '(':
                ReadGroup();
                break;
            case ')':
                if (!_open.TryPop(out _))
                {
                    throw Error("unbalanced parenthesis", _position);
                }

                Append(")", canRepeat: true);
                _position++;
                break;
            case '|':
                Append("|", canRepeat: false);
                _position++;
                break;
            case '*' or '+' or '?':
                ReadRepeat(c.ToString(), _position + 1);
                break;
            case '{':
                ReadCount();
                break;
            case '#' when Flags.HasFlag(PyRegexFlags.Verbose):
                var end = _pattern.IndexOf('\n', _position);
                _position = end < 0 ? _pattern.Length : end + 1;
                break;
            case '^' or '$':
                Append(c == '$' && !Flags.HasFlag(PyRegexFlags.Multiline) ? "(?:$)" : c.ToString(), canRepeat: true);
                _position++;
                break;
            default:
                if (Flags.HasFlag(PyRegexFlags.Verbose) && (c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v'))
                {
                    _position++;
                    break;
                }

                Append(c is '}' or ']' or ' ' or '#' ? "\\" + c : c.ToString(), canRepeat: true);
                _position++;
                break;
        }
    }

    private void Append(string text, bool canRepeat)
    {
        _output.Append(text);
        (_canRepeat, _isRepeated) = (canRepeat, false);
    }

    private void ReadEscape()
    {
        if (_position + 1 >= _pattern.Length)
        {
            throw Error("bad escape (end of pattern)", _position);
        }

        var c = _pattern[_position + 1];
        switch (c)
        {
            case 'Z':
                Append("\\z", canRepeat: true);
                _position += 2;
                return;
            case 'A' or 'b' or 'B' or 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                Append(ClassOf(c), canRepeat: true);
                _position += 2;
                return;
            case >= '1' and <= '9':
                ReadBackReference();
                return;
            default:
                Append(ReadCharacterEscape(isInSet: false), canRepeat: true);
                return;
        }
    }

    private string ClassOf(char c)
    {
        var isAscii = Flags.HasFlag(PyRegexFlags.Ascii);
        return c switch
        {
            'd' => isAscii ? "[0-9]" : "\\d",
            'D' => isAscii ? "[^0-9]" : "\\D",
            'w' => isAscii ? "[a-zA-Z0-9_]" : "\\w",
            'W' => isAscii ? "[^a-zA-Z0-9_]" : "\\W",
            _ => "\\" + c,
        };
    }

    private void ReadBackReference()
    {
        var end = _position + 2;
        if (end < _pattern.Length && char.IsAsciiDigit(_pattern[end]))
        {
            end++;
        }

        var number = int.Parse(_pattern.AsSpan(_position + 1, end - _position - 1), NumberStyles.None, CultureInfo.InvariantCulture);
        if (number > GroupCount)
        {
            throw Error($"invalid group reference {number}", _position + 1);
        }

        Append($"(?:\\k<{number}>)", canRepeat: true);
        _position = end;
    }

    /// <summary>An escape that stands for one character, as .NET writes it.</summary>
    private string ReadCharacterEscape(bool isInSet)
    {
        var start = _position;
        var c = _pattern[_position + 1];
        _position += 2;
        switch (c)
        {
            case 'n' or 'r' or 't' or 'f' or 'v' or 'a':
                return "\\" + c;
            case 'b' when isInSet:
                return "\\b";
            case 'x' or 'u' or 'U':
                var length = c == 'x' ? 2 : c == 'u' ? 4 : 8;
                var digits = _pattern.AsSpan(_position).Length >= length ? _pattern.Substring(_position, length) : _pattern[_position..];
                if (digits.Length < length || !digits.All(char.IsAsciiHexDigit))
                {
                    var good = new string([.. digits.TakeWhile(char.IsAsciiHexDigit)]);
                    throw Error($"incomplete escape \\{c}{good}", start);
                }

                _position += length;
                return Literal(int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            case >= '0' and <= '7':
                var value = c - '0';
                while (_position < _pattern.Length && _position < start + 4 && _pattern[_position] is >= '0' and <= '7')
                {
                    value = (value * 8) + (_pattern[_position++] - '0');
                }

                return Literal(value);
            default:
                if (char.IsAsciiLetterOrDigit(c))
                {
                    throw Error($"bad escape \\{c}", start);
                }

                return Literal(c);
        }
    }

    private static string Literal(int code) => code > 0xffff
        ? char.ConvertFromUtf32(code)
        : code is '-' or '\\' or '[' or ']' or '^' || (code < 0x80 && !char.IsAsciiLetterOrDigit((char)code))
            ? $"\\x{code:x2}"
            : ((char)code).ToString();

    private void ReadSet()
    {
        var start = _position;
        var output = new StringBuilder("[");
        _position++;
        if (_position < _pattern.Length && _pattern[_position] == '^')
        {
            output.Append('^');
            _position++;
        }

        var first = _position;
        while (true)
        {
            if (_position >= _pattern.Length)
            {
                throw Error("unterminated character set", start);
            }

            var c = _pattern[_position];
            if (c == ']' && _position > first)
            {
                _position++;
                break;
            }

            ReadSetItem(output);
        }

        Append(output.Append(']').ToString(), canRepeat: true);
    }

    private void ReadSetItem(StringBuilder output)
    {
        var itemStart = _position;
        var (low, isClass) = ReadSetCharacter();
        if (_position + 1 < _pattern.Length && _pattern[_position] == '-' && _pattern[_position + 1] != ']')
        {
            _position++;
            var (high, isHighClass) = ReadSetCharacter();
            if (isClass || isHighClass || CodeOf(low) > CodeOf(high))
            {
                throw Error($"bad character range {_pattern[itemStart.._position]}", itemStart);
            }

            output.Append(low).Append('-').Append(high);
            return;
        }

        output.Append(low);
    }

    private (string Text, bool IsClass) ReadSetCharacter()
    {
        var c = _pattern[_position];
        if (c != '\\')
        {
            _position++;
            return (Literal(c), false);
        }

        if (_position + 1 >= _pattern.Length)
        {
            throw Error("bad escape (end of pattern)", _position);
        }

        var next = _pattern[_position + 1];
        if (next is 'd' or 'D' or 's' or 'S' or 'w' or 'W')
        {
            _position += 2;
            var text = ClassOf(next);
            return (text.StartsWith("[^", StringComparison.Ordinal) ? "\\" + next : text.Trim('[', ']'), true);
        }

        return (ReadCharacterEscape(isInSet: true), false);
    }

    private static int CodeOf(string item) => item.Length switch
    {
        1 => item[0],
        4 when item.StartsWith("\\x", StringComparison.Ordinal) => int.Parse(item.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        2 when item[0] == '\\' => item[1] switch { 'n' => 10, 'r' => 13, 't' => 9, 'f' => 12, 'v' => 11, 'a' => 7, 'b' => 8, var c => c },
        _ => char.ConvertToUtf32(item, 0),
    };

    private void ReadRepeat(string symbol, int end)
    {
        if (_isRepeated)
        {
            if (symbol == "?")
            {
                _output.Append('?');
                _position = end;
                (_canRepeat, _isRepeated) = (false, false);
                _lazyOrDone = true;
                return;
            }

            throw Error("multiple repeat", _position);
        }

        if (!_canRepeat)
        {
            throw Error(_lazyOrDone ? "multiple repeat" : "nothing to repeat", _position);
        }

        _output.Append(symbol);
        (_canRepeat, _isRepeated, _lazyOrDone) = (false, true, false);
        _position = end;
    }

    /// <summary><c>{m,n}</c>; anything else in braces is literal.</summary>
    private void ReadCount()
    {
        var close = _pattern.IndexOf('}', _position);
        var body = close < 0 ? string.Empty : _pattern[(_position + 1)..close];
        var parts = body.Split(',');
        if (close < 0 || body.Length == 0 || parts.Length > 2 || !parts.All(part => part.All(char.IsAsciiDigit))
            || (parts.Length == 1 && parts[0].Length == 0))
        {
            Append("\\{", canRepeat: true);
            _position++;
            return;
        }

        var minimum = parts[0].Length == 0 ? "0" : parts[0];
        if (parts.Length == 2 && parts[1].Length > 0 && long.Parse(parts[1], CultureInfo.InvariantCulture) < long.Parse(minimum, CultureInfo.InvariantCulture))
        {
            throw Error("min repeat greater than max repeat", _position + 1);
        }

        ReadRepeat(parts.Length == 1 ? $"{{{minimum}}}" : $"{{{minimum},{parts[1]}}}", close + 1);
    }

    private void ReadGroup()
    {
        var start = _position;
        _position++;
        if (_position >= _pattern.Length || _pattern[_position] != '?')
        {
            GroupCount++;
            Open(start, $"(?<{GroupCount}>");
            return;
        }

        _position++;
        if (_position >= _pattern.Length)
        {
            throw Error("unexpected end of pattern", _position);
        }

        var c = _pattern[_position];
        switch (c)
        {
            case ':' or '=' or '!' or '>':
                _position++;
                Open(start, $"(?{c}");
                break;
            case '#':
                var end = _pattern.IndexOf(')', _position);
                _position = end < 0 ? throw Error("missing ), unterminated comment", start) : end + 1;
                break;
            case 'P':
                ReadNamedGroup(start);
                break;
            case '<':
                ReadLookBehind(start);
                break;
            case '(':
                ReadConditional(start);
                break;
            default:
                ReadFlags(start);
                break;
        }
    }

    private void Open(int start, string text)
    {
        _open.Push((start, _canRepeat));
        Append(text, canRepeat: false);
        _lazyOrDone = false;
    }

    private void ReadLookBehind(int start)
    {
        var next = _position + 1 < _pattern.Length ? _pattern[_position + 1] : throw Error("unexpected end of pattern", _position + 1);
        if (next is not ('=' or '!'))
        {
            throw Error($"unknown extension ?<{next}", _position - 1);
        }

        _position += 2;
        Open(start, $"(?<{next}");
    }

    private void ReadNamedGroup(int start)
    {
        var kind = _position + 1 < _pattern.Length ? _pattern[_position + 1] : throw Error("unexpected end of pattern", _position + 1);
        var nameStart = _position + 2;
        switch (kind)
        {
            case '<':
                var name = ReadName(nameStart, '>');
                if (GroupNames.TryGetValue(name, out var old))
                {
                    throw Error($"redefinition of group name {PyText.Repr(name)} as group {GroupCount + 1}; was group {old}", nameStart);
                }

                GroupCount++;
                GroupNames[name] = GroupCount;
                Open(start, $"(?<{GroupCount}>");
                break;
            case '=':
                var reference = ReadName(nameStart, ')');
                if (!GroupNames.TryGetValue(reference, out var number))
                {
                    throw Error($"unknown group name {PyText.Repr(reference)}", nameStart);
                }

                Append($"(?:\\k<{number}>)", canRepeat: true);
                break;
            default:
                throw Error($"unknown extension ?P{kind}", _position - 1);
        }
    }

    private string ReadName(int start, char close)
    {
        var end = _pattern.IndexOf(close, start);
        if (end < 0)
        {
            throw Error($"missing {close}, unterminated name", start);
        }

        var name = _pattern[start..end];
        if (name.Length == 0)
        {
            throw Error("missing group name", start);
        }

        if (!(char.IsLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsLetterOrDigit(c) || c == '_'))
        {
            throw Error($"bad character in group name {PyText.Repr(name)}", start);
        }

        _position = end + 1;
        return name;
    }

    private void ReadConditional(int start)
    {
        var end = _pattern.IndexOf(')', _position);
        var name = end < 0 ? throw Error("missing ), unterminated name", _position + 1) : _pattern[(_position + 1)..end];
        var number = GroupNames.TryGetValue(name, out var found)
            ? found
            : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given <= GroupCount && given > 0
                ? given
                : throw Error($"unknown group name {PyText.Repr(name)}", _position + 1);
        _position = end + 1;
        Open(start, $"(?({number})");
    }

    private void ReadFlags(int start)
    {
        var end = _position;
        while (end < _pattern.Length && (char.IsAsciiLetter(_pattern[end]) || _pattern[end] == '-'))
        {
            end++;
        }

        if (end >= _pattern.Length)
        {
            throw Error("missing -, : or )", end);
        }

        var letters = _pattern[_position..end];
        if (letters.Length == 0 || letters.Any(c => c is not ('a' or 'i' or 'L' or 'm' or 's' or 'u' or 'x' or '-')) || _pattern[end] is not (')' or ':'))
        {
            throw letters.Length == 0 || letters[0] is not ('a' or 'i' or 'L' or 'm' or 's' or 'u' or 'x' or '-')
                ? Error($"unknown extension ?{_pattern[_position]}", _position - 1)
                : Error(_pattern[end] is ')' or ':' ? "unknown flag" : "missing -, : or )", end);
        }

        _position = end + 1;
        var kept = string.Concat(letters.Where(c => c is 'i' or 'm' or 's' or '-')).TrimEnd('-');
        if (_pattern[end] == ':')
        {
            Open(start, kept.Length == 0 ? "(?:" : $"(?{kept}:");
            return;
        }

        if (start != 0)
        {
            throw Error("global flags not at the start of the expression", start);
        }

        foreach (var letter in letters)
        {
            Flags |= PyRegexFlagNames.Find(letter.ToString().ToUpperInvariant()) ?? PyRegexFlags.None;
        }
    }
}
