namespace FarmAgent.Robot.Variables;

/// <summary>
/// The first variable in a text: <c>${base}[item]…</c>. Pure syntax; nothing is looked up. A text without variables gives a match whose
/// <see cref="Found"/> is false.
/// </summary>
internal sealed class VariableMatch
{
    private VariableMatch(string text) => Text = text;

    /// <summary>The whole text that was searched.</summary>
    public string Text { get; }

    public bool Found => Identifier != '\0';

    /// <summary><c>$ @ &amp; %</c> or <c>*</c>; zero if nothing was found.</summary>
    public char Identifier { get; private set; }

    /// <summary>What stands between the braces, without the type.</summary>
    public string Base { get; private set; } = "";

    /// <summary>The type after <c>: </c>, if types were asked for and there is one.</summary>
    public string? Type { get; private set; }

    /// <summary>Items in brackets after the variable, without brackets.</summary>
    public IReadOnlyList<string> Items { get; private set; } = [];

    public int Start { get; private set; } = -1;

    public int End { get; private set; } = -1;

    /// <summary>Decorated name without items and type.</summary>
    public string Name => Found ? $"{Identifier}{{{Base}}}" : "";

    public string Before => Found ? Text[..Start] : Text;

    public string Match => Found ? Text[Start..End] : "";

    public string After => Found ? Text[End..] : "";

    /// <summary>Whether the whole text is one variable.</summary>
    public bool IsVariable => Found && Base.Length > 0 && Start == 0 && End == Text.Length;

    /// <summary>Finds the first variable.</summary>
    /// <param name="text">Text to search.</param>
    /// <param name="identifiers">Characters that may stand before the brace.</param>
    /// <param name="parseType">Whether <c>: type</c> is split from the base.</param>
    /// <param name="ignoreErrors">Whether an unclosed variable counts as no variable.</param>
    /// <exception cref="VariableSyntaxException">A variable is not closed.</exception>
    public static VariableMatch Search(string text, string identifiers = "$@&%*", bool parseType = false, bool ignoreErrors = false)
    {
        var match = new VariableMatch(text);
        var start = FindStart(text, identifiers);
        if (start < 0)
        {
            return match;
        }

        if (!match.Scan(start))
        {
            return ignoreErrors
                ? new VariableMatch(text)
                : throw new VariableSyntaxException(
                    $"Variable {(match.End == -2 ? "item " : "")}'{text[start..]}' was not closed properly.");
        }

        var colon = parseType ? match.Base.LastIndexOf(": ", StringComparison.Ordinal) : -1;
        if (colon >= 0)
        {
            match.Type = match.Base[(colon + 2)..];
            match.Base = match.Base[..colon];
        }

        return match;
    }

    /// <summary>All variables of a text from left to right, each searched in what the one before left over.</summary>
    public static IEnumerable<VariableMatch> SearchAll(string text, string identifiers = "$@&%", bool parseType = false, bool ignoreErrors = false)
    {
        for (var rest = text; ;)
        {
            var match = Search(rest, identifiers, parseType, ignoreErrors);
            if (!match.Found)
            {
                yield break;
            }

            yield return match;
            rest = match.After;
        }
    }

    /// <summary>Whether there is an unescaped variable in a text.</summary>
    public static bool Contains(string text, string identifiers = "$@&%") => Search(text, identifiers, ignoreErrors: true).Found;

    /// <summary>Whether the whole text is one variable with this identifier.</summary>
    public bool Is(char identifier) => Identifier == identifier && IsVariable;

    /// <summary>Whether the text can take a value.</summary>
    /// <param name="mark">Whether a trailing <c>=</c> is allowed.</param>
    /// <param name="nested">Whether the name may have variables inside.</param>
    /// <param name="items">Whether items are allowed.</param>
    public bool IsAssign(bool mark = false, bool nested = false, bool items = false)
    {
        if (mark && Text.EndsWith('='))
        {
            return Search(Text[..^1].TrimEnd(), ignoreErrors: true).IsAssign(false, nested, items);
        }

        return IsVariable && Identifier is '$' or '@' or '&' && IsVariable
            && (items || Items.Count == 0) && (nested || !Search(Base, ignoreErrors: true).Found);
    }

    private static int FindStart(string text, string identifiers)
    {
        for (var brace = text.IndexOf('{', StringComparison.Ordinal); brace >= 0; brace = text.IndexOf('{', brace + 1))
        {
            if (brace > 0 && identifiers.Contains(text[brace - 1], StringComparison.Ordinal) && !IsEscaped(text, brace - 1))
            {
                return brace - 1;
            }
        }

        return -1;
    }

    private static bool IsEscaped(string text, int index)
    {
        var slashes = 0;
        while (index - slashes > 0 && text[index - slashes - 1] == '\\')
        {
            slashes++;
        }

        return slashes % 2 == 1;
    }

    /// <summary>The same match with another name, after the variables in it have been replaced.</summary>
    public VariableMatch WithBase(string name)
    {
        var copy = (VariableMatch)MemberwiseClone();
        copy.Base = name;
        return copy;
    }

    /// <summary>A scalar of the given name at the same place.</summary>
    public VariableMatch AsScalar(string name)
    {
        var copy = WithBase(name);
        (copy.Identifier, copy.Items, copy.Type) = ('$', [], null);
        return copy;
    }

    /// <summary>The variable as messages show it: with type and items.</summary>
    public override string ToString() => Found
        ? $"{Identifier}{{{Base}{(Type is null ? "" : $": {Type}")}}}{string.Concat(Items.Select(item => $"[{item}]"))}"
        : "<no match>";

    // Braces and, for items, brackets are counted unless escaped. False with End = -2 says that an item is open.
    private bool Scan(int start)
    {
        (Identifier, Start) = (Text[start], start);
        var end = FindClosing(start + 2, '{', '}');
        if (end < 0)
        {
            return false;
        }

        Base = Text[(start + 2)..end];
        End = end + 1;
        if (Identifier is not ('$' or '@' or '&'))
        {
            return true;
        }

        var items = new List<string>();
        while (End < Text.Length && Text[End] == '[')
        {
            var close = FindClosing(End + 1, '[', ']');
            if (close < 0)
            {
                End = -2;
                return false;
            }

            items.Add(Text[(End + 1)..close]);
            End = close + 1;
        }

        Items = items;
        return true;
    }

    private int FindClosing(int from, char open, char close)
    {
        var (depth, escaped) = (1, false);
        for (var i = from; i < Text.Length; i++)
        {
            var c = Text[i];
            if (c == close && !escaped)
            {
                if (--depth == 0)
                {
                    return i;
                }
            }
            else if (c == open && !escaped)
            {
                depth++;
            }
            else
            {
                escaped = c == '\\' && !escaped;
            }
        }

        return -1;
    }
}
