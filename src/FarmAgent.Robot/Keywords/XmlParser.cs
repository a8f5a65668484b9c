using System.Globalization;
using System.Text;
using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>
/// Reads XML with namespaces; names become <c>{namespace}name</c>. Mistakes have expat's words and positions, which suites compare.
/// Document types are skipped: no entity of a document is ever expanded or fetched.
/// </summary>
internal sealed class XmlParser
{
    private const int MaxDepth = 1000;

    private readonly string _text;
    private readonly List<Dictionary<string, string>> _namespaces =
        [new(StringComparer.Ordinal) { ["xml"] = "http://www.w3.org/XML/1998/namespace" }];

    private int _position;

    private XmlParser(string text)
    {
        _text = text;
    }

    /// <exception cref="PyErrorException">ParseError.</exception>
    public static XmlNode Parse(string text)
    {
        var parser = new XmlParser(text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\ufeff'));
        return parser.ReadDocument();
    }

    private XmlNode ReadDocument()
    {
        SkipMisc(isBefore: true);
        if (_position >= _text.Length)
        {
            throw Error("no element found", _position);
        }

        if (_text[_position] != '<')
        {
            throw Error("syntax error", _position);
        }

        var root = ReadElement(0);
        SkipMisc(isBefore: false);
        return _position >= _text.Length ? root : throw Error("junk after document element", _position);
    }

    private PyErrorException Error(string message, int position)
    {
        position = Math.Min(position, _text.Length);
        var line = _text.AsSpan(0, position).Count('\n') + 1;
        var start = position == 0 ? 0 : _text.LastIndexOf('\n', position - 1) + 1;

        // Columns count bytes.
        var column = Encoding.UTF8.GetByteCount(_text.AsSpan(start, position - start));
        return new PyErrorException("ParseError", $"{message}: line {line}, column {column}");
    }

    private bool Starts(string text) => _text.AsSpan(_position).StartsWith(text);

    private void SkipMisc(bool isBefore)
    {
        while (true)
        {
            while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            {
                _position++;
            }

            if (Starts("<!--") || Starts("<?"))
            {
                SkipMarkup();
            }
            else if (isBefore && Starts("<!DOCTYPE"))
            {
                SkipDocumentType();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipMarkup()
    {
        var start = _position;
        var end = Starts("<!--") ? "-->" : "?>";
        var found = _text.IndexOf(end, _position + 2, StringComparison.Ordinal);
        if (found < 0)
        {
            throw Error("unclosed token", start);
        }

        if (end == "?>" && start > 0 && Starts("<?xml "))
        {
            throw Error("XML or text declaration not at start of entity", start);
        }

        _position = found + end.Length;
    }

    private void SkipDocumentType()
    {
        var start = _position;
        var depth = 0;
        for (; _position < _text.Length; _position++)
        {
            depth += _text[_position] == '[' ? 1 : _text[_position] == ']' ? -1 : 0;
            if (_text[_position] == '>' && depth == 0)
            {
                _position++;
                return;
            }
        }

        throw Error("unclosed token", start);
    }

    private XmlNode ReadElement(int depth)
    {
        EvaluationBudget.Step();
        var start = _position;
        if (depth > MaxDepth)
        {
            throw Error("too deeply nested", start);
        }

        _position++;
        var name = ReadName(start);
        var attributes = ReadAttributes(start);
        _namespaces.Add(Declarations(attributes));
        var node = new XmlNode(Resolve(name, start, isAttribute: false));
        foreach (var (attribute, value) in attributes.Where(item => !IsDeclaration(item.Name)))
        {
            node.Attributes[Resolve(attribute, start, isAttribute: true)] = value;
        }

        if (_text[_position] == '/')
        {
            _position += 2;
        }
        else
        {
            _position++;
            ReadContent(node, name, depth);
        }

        _namespaces.RemoveAt(_namespaces.Count - 1);
        return node;
    }

    private string ReadName(int start)
    {
        var begin = _position;
        while (_position < _text.Length && IsNameCharacter(_text[_position]))
        {
            _position++;
        }

        if (_position >= _text.Length)
        {
            throw Error("unclosed token", start);
        }

        return _position > begin && (char.IsLetter(_text[begin]) || _text[begin] is '_' or ':')
            ? _text[begin.._position]
            : throw Error("not well-formed (invalid token)", begin);
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or ':' or '-' or '.' || c > '\xbf';

    /// <summary>Leaves the position at <c>&gt;</c> or <c>/&gt;</c>.</summary>
    private List<(string Name, string Value)> ReadAttributes(int start)
    {
        var attributes = new List<(string Name, string Value)>();
        while (true)
        {
            var hasSpace = SkipSpace();
            if (_position >= _text.Length)
            {
                throw Error("unclosed token", start);
            }

            if (_text[_position] == '>' || Starts("/>"))
            {
                return attributes;
            }

            if (!hasSpace || _text[_position] == '/')
            {
                throw Error("not well-formed (invalid token)", _position + (_text[_position] == '/' ? 1 : 0));
            }

            var begin = _position;
            var name = ReadName(start);
            if (attributes.Exists(item => item.Name == name))
            {
                throw Error("duplicate attribute", begin);
            }

            SkipSpace();
            Expect('=', start);
            SkipSpace();
            attributes.Add((name, ReadValue(start)));
        }
    }

    private bool SkipSpace()
    {
        var begin = _position;
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        return _position > begin;
    }

    private void Expect(char c, int start)
    {
        if (_position >= _text.Length)
        {
            throw Error("unclosed token", start);
        }

        _position = _text[_position] == c ? _position + 1 : throw Error("not well-formed (invalid token)", _position);
    }

    private string ReadValue(int start)
    {
        var quote = _position < _text.Length ? _text[_position] : throw Error("unclosed token", start);
        if (quote is not ('"' or '\''))
        {
            throw Error("not well-formed (invalid token)", _position);
        }

        _position++;
        var output = new StringBuilder();
        while (true)
        {
            var c = _position < _text.Length ? _text[_position] : throw Error("unclosed token", start);
            if (c == quote)
            {
                _position++;
                return output.ToString();
            }

            switch (c)
            {
                case '<':
                    throw Error("not well-formed (invalid token)", _position);
                case '&':
                    output.Append(ReadReference());
                    break;
                default:
                    output.Append(c is '\n' or '\t' ? ' ' : c);
                    _position++;
                    break;
            }
        }
    }

    private string ReadReference()
    {
        var start = _position;
        var end = _text.IndexOf(';', start);
        var name = end < 0 ? string.Empty : _text[(start + 1)..end];
        var isCharacter = name.StartsWith('#');
        if (name.Length == 0 || !name.Skip(isCharacter ? 1 : 0).All(IsNameCharacter))
        {
            throw Error("not well-formed (invalid token)", start + 1);
        }

        _position = end + 1;
        if (!isCharacter)
        {
            return name switch
            {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                _ => throw Error("undefined entity", start),
            };
        }

        var isHex = name.StartsWith("#x", StringComparison.Ordinal);
        var isNumber = int.TryParse(
            name.AsSpan(isHex ? 2 : 1), isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code);
        return isNumber && code is > 0 and < 0xd800 or > 0xdfff and <= 0x10ffff
            ? char.ConvertFromUtf32(code)
            : throw Error("reference to invalid character number", start);
    }

    private void ReadContent(XmlNode node, string name, int depth)
    {
        var text = new StringBuilder();
        while (true)
        {
            if (_position >= _text.Length)
            {
                throw Error("no element found", _position);
            }

            if (_text[_position] == '&')
            {
                text.Append(ReadReference());
            }
            else if (_text[_position] != '<')
            {
                if (_text[_position] is < ' ' and not ('\n' or '\t' or '\r'))
                {
                    throw Error("not well-formed (invalid token)", _position);
                }

                text.Append(_text[_position++]);
            }
            else if (Starts("</"))
            {
                AddText(node, text);
                ReadEnd(name);
                return;
            }
            else if (Starts("<![CDATA["))
            {
                var end = _text.IndexOf("]]>", _position, StringComparison.Ordinal);
                text.Append(end < 0 ? throw Error("unclosed CDATA section", _position) : _text[(_position + 9)..end]);
                _position = end + 3;
            }
            else if (Starts("<!--") || Starts("<?"))
            {
                SkipMarkup();
            }
            else
            {
                if (_position + 1 >= _text.Length)
                {
                    throw Error("unclosed token", _position);
                }

                AddText(node, text);
                node.Children.Add(ReadElement(depth + 1));
            }
        }
    }

    private void ReadEnd(string name)
    {
        var start = _position;
        _position += 2;
        var begin = _position;
        var found = ReadName(start);
        SkipSpace();
        if (_position >= _text.Length)
        {
            throw Error("unclosed token", start);
        }

        if (found != name)
        {
            throw Error("mismatched tag", begin);
        }

        Expect('>', start);
    }

    private static void AddText(XmlNode node, StringBuilder text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (node.Children.Count == 0)
        {
            node.Text += text;
        }
        else
        {
            node.Children[^1].Tail += text;
        }

        text.Clear();
    }

    private static bool IsDeclaration(string name) => name == "xmlns" || name.StartsWith("xmlns:", StringComparison.Ordinal);

    private static Dictionary<string, string> Declarations(List<(string Name, string Value)> attributes) => attributes
        .Where(item => IsDeclaration(item.Name))
        .ToDictionary(item => item.Name == "xmlns" ? string.Empty : item.Name["xmlns:".Length..], item => item.Value, StringComparer.Ordinal);

    private string Resolve(string name, int start, bool isAttribute)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 && isAttribute)
        {
            return name;
        }

        var prefix = colon < 0 ? string.Empty : name[..colon];
        for (var i = _namespaces.Count - 1; i >= 0; i--)
        {
            if (_namespaces[i].TryGetValue(prefix, out var uri))
            {
                return uri.Length == 0 ? name : $"{{{uri}}}{name[(colon + 1)..]}";
            }
        }

        return colon < 0 ? name : throw Error("unbound prefix", start);
    }
}
