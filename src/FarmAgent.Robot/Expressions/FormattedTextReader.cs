using System.Text;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Splits the body of an f-string into text and replacement fields.</summary>
internal sealed class FormattedTextReader
{
    private readonly string _body;
    private readonly bool _isRaw;
    private readonly int _line;
    private int _position;

    private FormattedTextReader(string body, bool isRaw, int line)
    {
        (_body, _isRaw, _line) = (body, isRaw, line);
    }

    public static List<Node> Read(string body, bool isRaw, int line) => new FormattedTextReader(body, isRaw, line).ReadParts(depth: 0);

    private List<Node> ReadParts(int depth)
    {
        var parts = new List<Node>();
        var text = new StringBuilder();
        while (_position < _body.Length)
        {
            var c = _body[_position];
            if (c == '{' && Peek(1) == '{' && depth == 0)
            {
                text.Append('{');
                _position += 2;
            }
            else if (c == '{')
            {
                AddText(parts, text);
                ReadField(parts, depth);
            }
            else if (c == '}' && depth > 0)
            {
                break;
            }
            else if (c == '}')
            {
                if (Peek(1) != '}')
                {
                    throw Error("single '}' is not allowed");
                }

                text.Append('}');
                _position += 2;
            }
            else if (c == '\\' && !_isRaw && _position + 1 < _body.Length)
            {
                text.Append(c).Append(_body[_position + 1]);
                _position += 2;
            }
            else
            {
                text.Append(c);
                _position++;
            }
        }

        AddText(parts, text);
        return parts;
    }

    private void AddText(List<Node> parts, StringBuilder text)
    {
        if (text.Length > 0)
        {
            parts.Add(new ConstantNode(_isRaw ? text.ToString() : PyStringReader.Unescape(text.ToString(), _line)));
            text.Clear();
        }
    }

    private void ReadField(List<Node> parts, int depth)
    {
        if (depth > 1)
        {
            throw Error("expressions nested too deeply");
        }

        _position++;
        var start = _position;
        SkipExpression();
        var source = _body[start.._position];
        if (string.IsNullOrWhiteSpace(source))
        {
            throw _position >= _body.Length ? Error("expecting '}'") : Error("empty expression not allowed");
        }

        var isDebug = Peek(0) == '=';
        if (isDebug)
        {
            _position++;
            while (_position < _body.Length && char.IsWhiteSpace(_body[_position]))
            {
                _position++;
            }

            parts.Add(new ConstantNode(_body[start.._position]));
        }

        var conversion = ReadConversion();
        Node? specification = null;
        if (Peek(0) == ':')
        {
            _position++;
            specification = new FormattedTextNode(ReadParts(depth + 1));
        }

        if (Peek(0) != '}')
        {
            throw Error("expecting '}'");
        }

        _position++;
        conversion = conversion == '\0' && isDebug && specification is null ? 'r' : conversion;
        parts.Add(new FormattedValueNode(ParseSource(source), conversion, specification));
    }

    private char ReadConversion()
    {
        if (Peek(0) != '!')
        {
            return '\0';
        }

        var conversion = Peek(1);
        if (conversion is not ('r' or 's' or 'a'))
        {
            throw Error("invalid conversion character: expected 's', 'r', or 'a'");
        }

        _position += 2;
        return conversion;
    }

    private static Node ParseSource(string source)
    {
        try
        {
            return PyParser.Parse($"({source})");
        }
        catch (PyErrorException error)
        {
            throw new PyErrorException(error.TypeName, "f-string: " + error.Message);
        }
    }

    /// <summary>Moves to the <c>} ! : =</c> that ends the expression.</summary>
    private void SkipExpression()
    {
        var open = new Stack<char>();
        for (; _position < _body.Length; _position++)
        {
            var c = _body[_position];
            switch (c)
            {
                case '\\':
                    throw PySyntaxError.At(_line, "f-string expression part cannot include a backslash");
                case '#':
                    throw PySyntaxError.At(_line, "f-string expression part cannot include '#'");
                case '\'' or '"':
                    SkipText(c);
                    break;
                case '(' or '[' or '{':
                    open.Push(c);
                    break;
                case ')' or ']' or '}' when open.Count > 0:
                    if ((open.Peek(), c) is not (('(', ')') or ('[', ']') or ('{', '}')))
                    {
                        throw Error($"closing parenthesis '{c}' does not match opening parenthesis '{open.Peek()}'");
                    }

                    open.Pop();
                    break;
                case ')' or ']':
                    throw Error($"unmatched '{c}'");
                case '}':
                    return;
                case '!' or '=' or '<' or '>' when open.Count == 0 && Peek(1) == '=':
                    _position++;
                    break;
                case '!' or ':' or '=' when open.Count == 0:
                    return;
            }
        }

        throw open.Count > 0 ? Error($"unmatched '{open.Peek()}'") : Error("expecting '}'");
    }

    private void SkipText(char quote)
    {
        var end = _body.IndexOf(quote, _position + 1);
        _position = end < 0 ? throw Error("unterminated string") : end;
    }

    private char Peek(int offset) => _position + offset < _body.Length ? _body[_position + offset] : '\0';

    private PyErrorException Error(string message) => PySyntaxError.At(_line, "f-string: " + message);
}
