using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <content>Names, literals, displays, calls, subscripts and lambdas.</content>
internal sealed partial class PyParser
{
    private Node ParsePrimary()
    {
        var value = ParseAtom();
        while (true)
        {
            if (Accept("."))
            {
                var name = ReadName();
                value = new AttributeNode(value, name);
            }
            else if (Current.Is("("))
            {
                value = new CallNode(value, ParseArguments());
            }
            else if (Accept("["))
            {
                value = new SubscriptNode(value, ParseSubscript());
                Expect("]");
            }
            else
            {
                return value;
            }
        }
    }

    private string ReadName()
    {
        var token = Current;
        if (token.Kind != PyTokenKind.Name || IsKeyword(token.Source))
        {
            throw Unexpected();
        }

        Advance();
        return token.Source;
    }

    private Node ParseAtom()
    {
        var token = Current;
        switch (token.Kind)
        {
            case PyTokenKind.Number:
                Advance();
                return new ConstantNode(token.Value);
            case PyTokenKind.Text:
                return ParseText();
            case PyTokenKind.Name:
                return ParseName(token);
            case PyTokenKind.Operator when token.Source == "(":
                return ParseParentheses();
            case PyTokenKind.Operator when token.Source == "[":
                return ParseList();
            case PyTokenKind.Operator when token.Source == "{":
                return ParseBraces();
            case PyTokenKind.Operator when token.Source == "...":
                Advance();
                return new ConstantNode(PyEllipsis.Instance);
            default:
                throw Unexpected();
        }
    }

    private Node ParseName(PyToken token)
    {
        switch (token.Source)
        {
            case "None":
                Advance();
                return new ConstantNode(null);
            case "True" or "False":
                Advance();
                return new ConstantNode(token.Source == "True");
            case "yield":
                throw token.Level > 0 ? PySyntaxError.At(token.Line, "'yield' outside function") : Unexpected();
            case "await":
                throw PySyntaxError.At(token.Line, "'await' outside function");
        }

        if (IsKeyword(token.Source))
        {
            throw Unexpected();
        }

        Advance();
        if (token.Source is "print" or "exec" && token.Level == 0 && Current.Kind is PyTokenKind.Text or PyTokenKind.Number or PyTokenKind.Name
            && StartsExpression())
        {
            throw PySyntaxError.At(
                token.Line, $"Missing parentheses in call to '{token.Source}'. Did you mean {token.Source}(...)?");
        }

        return new NameNode(token.Source);
    }

    private Node ParseText()
    {
        var parts = new List<Node>();
        var isBytes = (bool?)null;
        var first = Current;
        for (; Current.Kind == PyTokenKind.Text; Advance())
        {
            var (prefix, body) = PyStringReader.Split(Current.Source);
            var isRaw = prefix.Contains('r');
            if (isBytes is { } before && before != prefix.Contains('b'))
            {
                throw PySyntaxError.At(first.Line, "cannot mix bytes and nonbytes literals");
            }

            isBytes = prefix.Contains('b');
            if (isBytes.Value)
            {
                parts.Add(new ConstantNode(PyStringReader.UnescapeBytes(body, isRaw, Current.Line)));
            }
            else if (prefix.Contains('f'))
            {
                parts.AddRange(FormattedTextReader.Read(body, isRaw, Current.Line));
            }
            else
            {
                parts.Add(new ConstantNode(isRaw ? body : PyStringReader.Unescape(body, Current.Line)));
            }
        }

        if (parts.Count == 1 && parts[0] is ConstantNode single)
        {
            return single;
        }

        if (isBytes == true)
        {
            return new ConstantNode(parts.SelectMany(part => (byte[])((ConstantNode)part).Value!).ToArray());
        }

        return parts.TrueForAll(part => part is ConstantNode)
            ? new ConstantNode(string.Concat(parts.Select(part => (string)((ConstantNode)part).Value!)))
            : new FormattedTextNode(parts);
    }

    private Node ParseParentheses()
    {
        Expect("(");
        if (Accept(")"))
        {
            return new ConstantNode(PyTuple.Empty);
        }

        if (Current.Is("yield"))
        {
            throw PySyntaxError.At(Current.Line, "'yield' outside function");
        }

        var isStar = Current.Is("*");
        var first = ParseItem();
        if (Current.Is("for"))
        {
            var node = new ComprehensionNode(ComprehensionKind.Generator, first, null, ParseClauses());
            Expect(")");
            return node;
        }

        if (!Current.Is(","))
        {
            if (isStar)
            {
                throw PySyntaxError.At(Current.Line, "cannot use starred expression here");
            }

            Expect(")");
            return first;
        }

        var items = ParseRest(first, ")");
        return new DisplayNode(DisplayKind.Tuple, items);
    }

    private Node ParseItem() => Current.Is("*") ? ParseStar() : ParseNamed();

    private List<Node> ParseRest(Node first, string close)
    {
        var items = new List<Node> { first };
        while (Accept(",") && !Current.Is(close))
        {
            items.Add(ParseItem());
        }

        Expect(close);
        return items;
    }

    private Node ParseList()
    {
        Expect("[");
        if (Accept("]"))
        {
            return new DisplayNode(DisplayKind.List, []);
        }

        var first = ParseItem();
        if (Current.Is("for"))
        {
            var node = new ComprehensionNode(ComprehensionKind.List, first, null, ParseClauses());
            Expect("]");
            return node;
        }

        return new DisplayNode(DisplayKind.List, ParseRest(first, "]"));
    }

    private Node ParseBraces()
    {
        Expect("{");
        if (Accept("}"))
        {
            return new DictionaryNode([]);
        }

        if (!Current.Is("**"))
        {
            var first = ParseItem();
            if (!Current.Is(":"))
            {
                if (Current.Is("for"))
                {
                    var set = new ComprehensionNode(ComprehensionKind.Set, first, null, ParseClauses());
                    Expect("}");
                    return set;
                }

                return new DisplayNode(DisplayKind.Set, ParseRest(first, "}"));
            }

            var value = ParseValue();
            if (Current.Is("for"))
            {
                var comprehension = new ComprehensionNode(ComprehensionKind.Dictionary, first, value, ParseClauses());
                Expect("}");
                return comprehension;
            }

            return ParseDictionary((first, value));
        }

        Advance();
        return ParseDictionary((null, ParseBinary(0)));
    }

    private Node ParseValue()
    {
        var line = Current.Line;
        Expect(":");
        return Current.Is("}") || Current.Is(",")
            ? throw PySyntaxError.At(line, "expression expected after dictionary key and ':'")
            : ParseExpression();
    }

    private DictionaryNode ParseDictionary((Node? Key, Node Value) first)
    {
        var items = new List<(Node? Key, Node Value)> { first };
        while (Accept(",") && !Current.Is("}"))
        {
            if (Accept("**"))
            {
                items.Add((null, ParseBinary(0)));
                continue;
            }

            var key = ParseExpression();
            if (!Current.Is(":"))
            {
                throw Current.Is("}") || Current.Is(",") ? PySyntaxError.At(Current.Line, "':' expected after dictionary key") : Unexpected();
            }

            items.Add((key, ParseValue()));
        }

        Expect("}");
        return new DictionaryNode(items);
    }

    private List<ComprehensionClause> ParseClauses()
    {
        var clauses = new List<ComprehensionClause>();
        while (Accept("for"))
        {
            var target = ParseTargets();
            Expect("in");
            var source = ParseDisjunction();
            var conditions = new List<Node>();
            while (Accept("if"))
            {
                conditions.Add(ParseDisjunction());
            }

            clauses.Add(new ComprehensionClause(target, source, conditions));
        }

        return clauses;
    }

    private Node ParseTargets()
    {
        var first = Current.Is("*") ? ParseStar() : ParseBinary(0);
        if (!Current.Is(","))
        {
            return first;
        }

        var items = new List<Node> { first };
        while (Accept(",") && !Current.Is("in"))
        {
            items.Add(Current.Is("*") ? ParseStar() : ParseBinary(0));
        }

        return new DisplayNode(DisplayKind.Tuple, items);
    }

    private List<CallArgument> ParseArguments()
    {
        Expect("(");
        var arguments = new List<CallArgument>();
        while (!Current.Is(")"))
        {
            arguments.Add(ParseArgument(arguments));
            if (!Accept(","))
            {
                break;
            }
        }

        Expect(")");
        return arguments;
    }

    private CallArgument ParseArgument(List<CallArgument> before)
    {
        var line = Current.Line;
        if (Accept("**"))
        {
            return new CallArgument("**", ParseExpression());
        }

        if (Current.Is("*"))
        {
            if (before.Exists(argument => argument.Name == "**"))
            {
                throw PySyntaxError.At(line, "iterable argument unpacking follows keyword argument unpacking");
            }

            Advance();
            return new CallArgument(null, new StarNode(ParseExpression()));
        }

        if (Current.Kind == PyTokenKind.Name && _tokens[_position + 1].Is("="))
        {
            if (Current.Source is "True" or "False" or "None")
            {
                throw PySyntaxError.At(line, $"cannot assign to {Current.Source}");
            }

            var name = ReadName();
            Advance();
            if (before.Exists(argument => argument.Name == name))
            {
                throw PySyntaxError.At(line, $"keyword argument repeated: {name}");
            }

            return Current.Is(")") || Current.Is(",")
                ? throw PySyntaxError.At(line, "expected argument value expression")
                : new CallArgument(name, ParseExpression());
        }

        return ParsePositional(before, line);
    }

    private CallArgument ParsePositional(List<CallArgument> before, int line)
    {
        Node value;
        try
        {
            value = ParseNamed();
        }
        catch (PyErrorException error) when (error.Message.Contains("Maybe you meant '==' instead", StringComparison.Ordinal))
        {
            throw PySyntaxError.At(line, "expression cannot contain assignment, perhaps you meant \"==\"?");
        }

        if (Current.Is("for"))
        {
            value = new ComprehensionNode(ComprehensionKind.Generator, value, null, ParseClauses());
            if (before.Count > 0 || (Current.Is(",") && !_tokens[_position + 1].Is(")")))
            {
                throw PySyntaxError.At(line, "Generator expression must be parenthesized");
            }
        }

        if (before.Exists(argument => argument.Name is not null))
        {
            throw PySyntaxError.At(line, before.Exists(argument => argument.Name == "**")
                ? "positional argument follows keyword argument unpacking"
                : "positional argument follows keyword argument");
        }

        return new CallArgument(null, value);
    }

    private Node ParseSubscript()
    {
        var first = ParseSliceOrItem();
        if (!Current.Is(","))
        {
            return first;
        }

        var items = new List<Node> { first };
        while (Accept(",") && !Current.Is("]"))
        {
            items.Add(ParseSliceOrItem());
        }

        return new DisplayNode(DisplayKind.Tuple, items);
    }

    private Node ParseSliceOrItem()
    {
        var start = Current.Is(":") ? null : ParseItem();
        if (!Accept(":"))
        {
            return start ?? throw Unexpected();
        }

        var stop = Current.Is(":") || Current.Is("]") || Current.Is(",") ? null : ParseExpression();
        var step = Accept(":") && !Current.Is("]") && !Current.Is(",") ? ParseExpression() : null;
        return new SliceNode(start, stop, step);
    }

    private LambdaNode ParseLambda()
    {
        Expect("lambda");
        var parameters = new List<LambdaParameter>();
        var kind = ' ';
        while (!Current.Is(":"))
        {
            if (Accept("**"))
            {
                parameters.Add(new LambdaParameter(ReadName(), '2', null));
            }
            else if (Accept("*"))
            {
                kind = 'k';
                if (!Current.Is(","))
                {
                    parameters.Add(new LambdaParameter(ReadName(), '*', null));
                }
            }
            else if (!Accept("/"))
            {
                var name = ReadName();
                parameters.Add(new LambdaParameter(name, kind, Accept("=") ? ParseExpression() : null));
            }

            if (!Accept(","))
            {
                break;
            }
        }

        Expect(":");
        return new LambdaNode(parameters, ParseExpression());
    }
}
