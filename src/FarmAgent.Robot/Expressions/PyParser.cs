using System.Runtime.CompilerServices;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Reads an expression into nodes: operators by precedence here, what they work on in the other part.</summary>
internal sealed partial class PyParser
{
    /// <summary>Signs before one operand.</summary>
    private const int MaxSigns = 1_000;

    private static readonly string[] Keywords =
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
        "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
        "return", "try", "while", "with", "yield",
    ];

    private int _signs;

    private static readonly string[][] BinaryLevels =
    [
        ["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "//", "%", "@"],
    ];

    private readonly List<PyToken> _tokens;
    private int _position;
    private int _furthest;

    private PyParser(List<PyToken> tokens)
    {
        _tokens = tokens;
    }

    private PyToken Current => _tokens[_position];

    /// <summary>Reads a whole expression.</summary>
    /// <exception cref="PyErrorException">SyntaxError.</exception>
    public static Node Parse(string text)
    {
        text = text.TrimStart(' ', '\t');
        if (text.StartsWith("\n ", StringComparison.Ordinal))
        {
            throw new PyErrorException("IndentationError", "unexpected indent (<string>, line 2)");
        }

        List<PyToken> tokens;
        try
        {
            tokens = PyLexer.Read(text);
        }
        catch (PyErrorException)
        {
            ThrowEarlierError(text);
            throw;
        }

        var parser = new PyParser(tokens);
        try
        {
            parser.SkipNewlines();
            var node = parser.ParseExpressions();
            parser.SkipNewlines();
            return parser.Current.Kind == PyTokenKind.End ? node : throw parser.Unexpected();
        }
        catch (PyErrorException) when (PyLexer.FindUnclosed(tokens) is { } open && parser._furthest >= tokens.Count - 1)
        {
            throw PySyntaxError.At(open.Line, $"'{open.Bracket}' was never closed");
        }
    }

    /// <summary>A mistake of the grammar before the place where no token can be read is the one to report; here only the plain case.</summary>
    private static void ThrowEarlierError(string text)
    {
        if (text.StartsWith("return ", StringComparison.Ordinal) || text.StartsWith("import ", StringComparison.Ordinal))
        {
            throw PySyntaxError.At(1);
        }
    }

    private void SkipNewlines()
    {
        while (Current.Kind == PyTokenKind.Newline)
        {
            Advance();
        }
    }

    private void Advance()
    {
        _position++;
        _furthest = Math.Max(_furthest, _position);
    }

    private bool Accept(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        Advance();
        return true;
    }

    private void Expect(string text)
    {
        if (!Accept(text))
        {
            throw Unexpected();
        }
    }

    private PyErrorException Unexpected()
    {
        _furthest = Math.Max(_furthest, _position);
        return PySyntaxError.At(Current.Line);
    }

    /// <summary>Expressions separated by commas are a tuple.</summary>
    private Node ParseExpressions()
    {
        var first = ParseExpression();
        if (!Current.Is(","))
        {
            return first;
        }

        var items = new List<Node> { first };
        while (Accept(",") && StartsExpression())
        {
            items.Add(Current.Is("*") ? ParseStar() : ParseExpression());
        }

        return new DisplayNode(DisplayKind.Tuple, items);
    }

    private StarNode ParseStar()
    {
        Expect("*");
        return new StarNode(ParseBinary(0));
    }

    /// <summary>An expression that may be named by <c>:=</c>.</summary>
    private Node ParseNamed()
    {
        if (Current.Kind == PyTokenKind.Name && _tokens[_position + 1].Is(":=") && !IsKeyword(Current.Source))
        {
            var name = Current.Source;
            Advance();
            Advance();
            return new NamedNode(name, ParseExpression());
        }

        return ParseExpression();
    }

    private Node ParseExpression()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack() || Current.Level > 190)
        {
            throw PySyntaxError.At(Current.Line, "too many nested parentheses");
        }

        if (Current.Is("lambda"))
        {
            return ParseLambda();
        }

        var start = Current;
        var value = ParseDisjunction();
        if (Accept("if"))
        {
            var condition = ParseDisjunction();
            if (!Current.Is("else"))
            {
                throw Current.Is(":") ? Unexpected() : PySyntaxError.At(start.Line, "expected 'else' after 'if' expression");
            }

            Advance();
            return new ConditionalNode(condition, value, ParseExpression());
        }

        if (Current.Level > 0)
        {
            CheckForgottenComma(start);
            CheckAssignment(value, start);
        }

        return value;
    }

    /// <summary>Inside brackets two expressions side by side are a forgotten comma.</summary>
    private void CheckForgottenComma(PyToken start)
    {
        if (!StartsExpression() || Current.Is("*") || Current.Is("-") || Current.Is("+")
            || (start.Kind == PyTokenKind.Name && _tokens[_position - 1] == start && Current.Kind == PyTokenKind.Text)
            || _tokens[_position - 1].Level == 0 || Current.Is("not"))
        {
            return;
        }

        var saved = _position;
        var line = start.Line;
        try
        {
            ParseExpression();
        }
        catch (PyErrorException error) when (!error.Message.Contains("forgot a comma", StringComparison.Ordinal))
        {
            _position = saved;
            return;
        }

        throw PySyntaxError.At(line, "invalid syntax. Perhaps you forgot a comma?");
    }

    private void CheckAssignment(Node value, PyToken start)
    {
        if (!Current.Is("=") || value is DisplayNode or ConstantNode { Value: null or bool })
        {
            return;
        }

        if (value is NameNode)
        {
            throw PySyntaxError.At(start.Line, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
        }

        var kind = value switch
        {
            AttributeNode => "attribute",
            SubscriptNode => "subscript",
            CallNode => "function call",
            ConstantNode => "literal",
            ComparisonNode => "comparison",
            FormattedTextNode => "f-string expression",
            _ => "expression",
        };
        throw PySyntaxError.At(start.Line, $"cannot assign to {kind} here. Maybe you meant '==' instead of '='?");
    }

    private Node ParseDisjunction() => ParseBoolean("or", () => ParseBoolean("and", ParseInversion));

    private Node ParseBoolean(string word, Func<Node> parseOperand)
    {
        var first = parseOperand();
        if (!Current.Is(word))
        {
            return first;
        }

        var operands = new List<Node> { first };
        while (Accept(word))
        {
            operands.Add(parseOperand());
        }

        return new BooleanNode(word == "and", operands);
    }

    private Node ParseInversion() => Accept("not") ? new NotNode(ParseInversion()) : ParseComparison();

    private Node ParseComparison()
    {
        var first = ParseBinary(0);
        var rest = new List<(string, Node)>();
        while (TryComparisonOperator(out var symbol))
        {
            rest.Add((symbol, ParseBinary(0)));
        }

        return rest.Count == 0 ? first : new ComparisonNode(first, rest);
    }

    private bool TryComparisonOperator(out string symbol)
    {
        symbol = Current.Source;
        if (Current.Kind == PyTokenKind.Operator && symbol is "==" or "!=" or "<" or "<=" or ">" or ">=")
        {
            Advance();
            return true;
        }

        if (Accept("in"))
        {
            return true;
        }

        if (Current.Is("not") && _tokens[_position + 1].Is("in"))
        {
            Advance();
            Advance();
            symbol = "not in";
            return true;
        }

        if (!Accept("is"))
        {
            return false;
        }

        symbol = Accept("not") ? "is not" : "is";
        return true;
    }

    private Node ParseBinary(int level)
    {
        if (level == BinaryLevels.Length)
        {
            return ParseFactor();
        }

        var left = ParseBinary(level + 1);
        while (Current.Kind == PyTokenKind.Operator && BinaryLevels[level].Contains(Current.Source, StringComparer.Ordinal))
        {
            var symbol = Current.Source;
            Advance();
            left = new BinaryNode(symbol, left, ParseBinary(level + 1));
        }

        return left;
    }

    private Node ParseFactor()
    {
        if (Current.Kind == PyTokenKind.Operator && Current.Source is "+" or "-" or "~")
        {
            if (++_signs > MaxSigns)
            {
                throw PySyntaxError.At(Current.Line, "too many nested parentheses");
            }

            var symbol = Current.Source;
            Advance();
            var operand = ParseFactor();
            _signs--;
            return new UnaryNode(symbol, operand);
        }

        var value = ParsePrimary();
        return Accept("**") ? new BinaryNode("**", value, ParseFactor()) : value;
    }

    private bool StartsExpression() => Current.Kind switch
    {
        PyTokenKind.Number or PyTokenKind.Text => true,
        PyTokenKind.Name => !IsKeyword(Current.Source) || Current.Source is "None" or "True" or "False" or "not" or "lambda",
        PyTokenKind.Operator => Current.Source is "(" or "[" or "{" or "+" or "-" or "~" or "..." or "*",
        _ => false,
    };

    private static bool IsKeyword(string name) => Keywords.Contains(name, StringComparer.Ordinal);
}
