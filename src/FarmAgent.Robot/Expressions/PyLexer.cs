using System.Globalization;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Splits an expression into tokens.</summary>
internal sealed class PyLexer
{
    private static readonly string[] Operators =
    [
        "...", "**=", "//=", ">>=", "<<=", "!=", "==", "<=", ">=", "<>", ":=", "->", "**", "//", "<<", ">>", "+=", "-=", "*=", "/=", "%=",
        "&=", "|=", "^=", "@=", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".",
        ";", "=",
    ];

    private readonly string _text;
    private readonly List<PyToken> _tokens = [];
    private readonly Stack<(char Bracket, int Line)> _open = new();
    private int _position;
    private int _line = 1;

    private PyLexer(string text)
    {
        _text = text;
    }

    /// <summary>All tokens, ended by one of kind End.</summary>
    /// <exception cref="PyErrorException">SyntaxError.</exception>
    public static List<PyToken> Read(string text) => new PyLexer(text).Read();

    private List<PyToken> Read()
    {
        while (_position < _text.Length)
        {
            ReadOne();
        }

        Add(PyTokenKind.End, string.Empty, _position);
        return _tokens;
    }

    /// <summary>The line of the innermost bracket that is still open at the end.</summary>
    public static (char Bracket, int Line)? FindUnclosed(List<PyToken> tokens)
    {
        var open = new Stack<PyToken>();
        foreach (var token in tokens.Where(token => token.Kind == PyTokenKind.Operator))
        {
            if (token.Source is "(" or "[" or "{")
            {
                open.Push(token);
            }
            else if (token.Source is ")" or "]" or "}" && open.Count > 0)
            {
                open.Pop();
            }
        }

        return open.TryPeek(out var last) ? (last.Source[0], last.Line) : null;
    }

    private void ReadOne()
    {
        var c = _text[_position];
        switch (c)
        {
            case '\n':
                if (_open.Count == 0)
                {
                    Add(PyTokenKind.Newline, "\n", _position);
                }

                _line++;
                _position++;
                break;
            case ' ' or '\t' or '\f' or '\r':
                _position++;
                break;
            case '#':
                while (_position < _text.Length && _text[_position] != '\n')
                {
                    _position++;
                }

                break;
            case '\\':
                if (_position + 1 >= _text.Length || _text[_position + 1] != '\n')
                {
                    throw PySyntaxError.At(_line, "unexpected character after line continuation character");
                }

                _position += 2;
                _line++;
                break;
            default:
                ReadToken(c);
                break;
        }
    }

    private void ReadToken(char c)
    {
        if (IsNameStart(c))
        {
            ReadName();
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1])))
        {
            ReadNumber();
        }
        else if (c is '\'' or '"')
        {
            ReadText(_position);
        }
        else
        {
            ReadOperator(c);
        }
    }

    private void ReadName()
    {
        var start = _position;
        while (_position < _text.Length && (IsNameStart(_text[_position]) || char.IsDigit(_text[_position]) || IsMark(_text[_position])))
        {
            _position++;
        }

        var name = _text[start.._position];
        if (_position < _text.Length && _text[_position] is '\'' or '"' && IsStringPrefix(name))
        {
            ReadText(start);
            return;
        }

        Add(PyTokenKind.Name, name, start);
    }

    private void ReadNumber()
    {
        var (number, end) = PyNumberLexer.Read(_text, _position, _line);
        Add(PyTokenKind.Number, _text[_position..end], _position, number);
        _position = end;
    }

    private void ReadText(int start)
    {
        var quote = _text[_position];
        var startLine = _line;
        var isTriple = _position + 2 < _text.Length && _text[_position + 1] == quote && _text[_position + 2] == quote;
        _position += isTriple ? 3 : 1;
        while (true)
        {
            if (_position >= _text.Length || (!isTriple && _text[_position] == '\n'))
            {
                throw isTriple
                    ? PySyntaxError.At(startLine, $"unterminated triple-quoted string literal (detected at line {_line})")
                    : PySyntaxError.At(startLine, $"unterminated string literal (detected at line {_line})");
            }

            var c = _text[_position];
            if (c == quote && (!isTriple || _text.AsSpan(_position).StartsWith([quote, quote, quote])))
            {
                _position += isTriple ? 3 : 1;
                break;
            }

            _line += c == '\n' ? 1 : 0;
            if (c == '\\' && _position + 1 < _text.Length)
            {
                _position++;
                _line += _text[_position] == '\n' ? 1 : 0;
            }

            _position++;
        }

        _tokens.Add(new PyToken(PyTokenKind.Text, _text[start.._position], startLine, _open.Count, null, start));
    }

    private void ReadOperator(char c)
    {
        var found = Array.Find(Operators, candidate => _text.AsSpan(_position).StartsWith(candidate));
        if (found is null)
        {
            throw c is '$' or '?' or '!' or '`'
                ? PySyntaxError.At(_line)
                : PySyntaxError.At(_line, BadCharacter());
        }

        var start = _position;
        _position += found.Length;
        if (found is "(" or "[" or "{")
        {
            Add(PyTokenKind.Operator, found, start);
            _open.Push((c, _line));
            return;
        }

        if (found is ")" or "]" or "}")
        {
            Close(c);
        }

        Add(PyTokenKind.Operator, found, start);
    }

    private void Close(char c)
    {
        if (!_open.TryPop(out var open))
        {
            throw PySyntaxError.At(_line, $"unmatched '{c}'");
        }

        if ((open.Bracket, c) is not (('(', ')') or ('[', ']') or ('{', '}')))
        {
            var where = open.Line == _line ? string.Empty : $" on line {open.Line}";
            throw PySyntaxError.At(_line, $"closing parenthesis '{c}' does not match opening parenthesis '{open.Bracket}'{where}");
        }
    }

    private string BadCharacter()
    {
        var code = (_position + 1 < _text.Length && char.IsSurrogatePair(_text, _position)) ? char.ConvertToUtf32(_text, _position) : _text[_position];
        return PyStringLiteral.IsPrintable(code)
            ? $"invalid character '{char.ConvertFromUtf32(code)}' (U+{code:X4})"
            : $"invalid non-printable character U+{code:X4}";
    }

    private void Add(PyTokenKind kind, string source, int start, object? value = null) =>
        _tokens.Add(new PyToken(kind, source, _line, _open.Count, value, start));

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_' || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.ConnectorPunctuation;

    private static bool IsStringPrefix(string name) =>
        name.ToLowerInvariant() is "r" or "b" or "u" or "f" or "br" or "rb" or "fr" or "rf";
}
