using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Libraries;

/// <summary>Reads types such as <c>int | None</c>, <c>dict[str, list[int]]</c> and <c>Literal['a', 1]</c>.</summary>
internal sealed class TypeReader
{
    private readonly string _text;
    private readonly List<(string Value, int Position)> _tokens = [];
    private int _next;

    private TypeReader(string text)
    {
        _text = text;
        Tokenize();
    }

    private string? Current => _next < _tokens.Count ? _tokens[_next].Value : null;

    /// <exception cref="VariableSyntaxException">The text is not a type.</exception>
    public static TypeInfo Read(string text)
    {
        var reader = new TypeReader(text);
        var type = reader.ReadType();
        if (type is { Kind: "union", Nested.Count: 0 })
        {
            throw reader.Fail("Union cannot be empty.");
        }

        return reader.Current is null ? type : throw reader.Fail($"Extra content after '{type}'.");
    }

    private void Tokenize()
    {
        for (var i = 0; i < _text.Length;)
        {
            var c = _text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }

            var start = i;
            i++;
            if (c is not ('[' or ']' or ',' or '|'))
            {
                var quote = c is '\'' or '"' ? c : c == 'b' && i < _text.Length && _text[i] is '\'' or '"' ? _text[i++] : '\0';
                while (i < _text.Length && (quote != '\0' ? _text[i] != quote : _text[i] is not ('[' or ']' or ',' or '|')))
                {
                    i++;
                }

                i = quote != '\0' ? Math.Min(i + 1, _text.Length) : i;
            }

            _tokens.Add((_text[start..i].Trim(), start));
        }
    }

    private TypeInfo ReadType()
    {
        var members = new List<TypeInfo> { ReadSingle() };
        while (Current == "|")
        {
            _next++;
            members.Add(ReadSingle());
        }

        return TypeInfo.Union(members);
    }

    private TypeInfo ReadSingle()
    {
        if (Current is null or "[" or "]" or "," or "|")
        {
            throw Fail("Type name missing.");
        }

        var name = _tokens[_next++].Value;
        if (Current != "[")
        {
            return TypeInfo.Create(name, null);
        }

        _next++;
        return TypeInfo.Create(name, ReadParameters(name.Equals("literal", StringComparison.OrdinalIgnoreCase)));
    }

    private List<TypeInfo> ReadParameters(bool literal)
    {
        var parameters = new List<TypeInfo>();
        for (var comma = true; ;)
        {
            switch (Current)
            {
                case null:
                    throw Fail("Closing ']' missing.");
                case "]":
                    _next++;
                    return literal && parameters.Count == 0 ? throw Fail("Literal cannot be empty.") : parameters;
                case ",":
                    _ = comma ? throw Fail("Type missing before ','.") : _next++;
                    comma = true;
                    break;
                default:
                    parameters.Add(literal ? ReadLiteral() : ReadType());
                    comma = false;
                    break;
            }
        }
    }

    private TypeInfo ReadLiteral()
    {
        var text = _tokens[_next++].Value;
        object? value = text switch
        {
            "None" => null,
            "True" => true,
            "False" => false,
            ['\'' or '"', ..] when text.Length >= 2 => text[1..^1],
            _ when PyNumberParser.TryInteger(text, 0, out var number) => number,
            _ when text.All(c => char.IsLetterOrDigit(c) || c == '_') => text,
            _ => throw Fail($"Invalid literal value {PyText.Repr(text)}."),
        };
        return TypeInfo.ForLiteral(PyText.Repr(value), value);
    }

    private VariableSyntaxException Fail(string message)
    {
        var position = _next < _tokens.Count ? $"index {_tokens[_next].Position}" : "end";
        return new VariableSyntaxException($"Parsing type {PyText.Repr(_text)} failed: Error at {position}: {message}");
    }
}
