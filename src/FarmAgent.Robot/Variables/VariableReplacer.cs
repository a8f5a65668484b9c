using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>Replaces variables in the cells of a suite and resolves their escapes.</summary>
internal sealed class VariableReplacer(VariableSet variables)
{
    private readonly VariableFinder _finder = new(variables);

    /// <summary>Replaces in a row of cells. A cell that is one <c>@{list}</c> gives all its items.</summary>
    /// <param name="items">Cells; values that are not text stay as they are.</param>
    /// <param name="replaceUntil">How many resulting values are needed; cells behind them are left as written.</param>
    /// <param name="ignoreErrors">Whether variables that cannot be resolved stay as written.</param>
    public List<object?> ReplaceList(IEnumerable<object?> items, int? replaceUntil = null, bool ignoreErrors = false)
    {
        var result = new List<object?>();
        using var rest = items.GetEnumerator();
        while ((replaceUntil is null || result.Count < replaceUntil) && rest.MoveNext())
        {
            AddReplaced(result, rest.Current, ignoreErrors);
        }

        if (replaceUntil is { } limit)
        {
            // A list may have given more than was needed: what is beyond is resolved again later.
            for (var i = limit; i < result.Count; i++)
            {
                result[i] = result[i] is string text ? Escapes.Escape(text) : result[i];
            }

            while (rest.MoveNext())
            {
                result.Add(rest.Current);
            }
        }

        return result;
    }

    /// <summary>Replaces in one cell: a single variable gives its value, anything else is text.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="ignoreErrors">Whether variables that cannot be resolved stay as written.</param>
    public object? ReplaceScalar(string text, bool ignoreErrors = false) =>
        Replace(VariableMatch.Search(text, ignoreErrors: ignoreErrors), ignoreErrors, Escapes.Unescape);

    /// <summary>Replaces in one cell; the result is always text.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="ignoreErrors">Whether variables that cannot be resolved stay as written.</param>
    public string ReplaceString(string text, bool ignoreErrors = false) => ReplaceString(text, ignoreErrors, Escapes.Unescape);

    /// <summary>The match with the variables inside its name replaced.</summary>
    public VariableMatch ResolveBase(VariableMatch match, bool ignoreErrors = false) => match.Base.AsSpan().ContainsAny('{', '\\')
        ? match.WithBase(ReplaceString(match.Base, ignoreErrors, VariableSyntax.UnescapeSyntax))
        : match;

    private string ReplaceString(string text, bool ignoreErrors, Func<string, string> unescape) =>
        PyText.InMessages(Replace(VariableMatch.Search(text, ignoreErrors: ignoreErrors), ignoreErrors, unescape));

    private void AddReplaced(List<object?> result, object? item, bool ignoreErrors)
    {
        if (item is not string text)
        {
            result.Add(item);
            return;
        }

        var match = VariableMatch.Search(text, ignoreErrors: ignoreErrors);
        var value = Replace(match, ignoreErrors, Escapes.Unescape);
        if (match.Is('@') && PyIteration.IsListLike(value))
        {
            result.AddRange(ValueLimits.Items(PyIteration.Items(value)));
        }
        else
        {
            result.Add(value);
        }
    }

    private object? Replace(VariableMatch match, bool ignoreErrors, Func<string, string> unescape)
    {
        if (!match.Found)
        {
            return unescape(match.Text);
        }

        if (match.IsVariable)
        {
            return ValueOf(match, ignoreErrors);
        }

        var parts = new List<object?>();
        for (; match.Found; match = VariableMatch.Search(match.After, ignoreErrors: ignoreErrors))
        {
            if (match.Start > 0)
            {
                parts.Add(unescape(match.Before));
            }

            parts.Add(ValueOf(match, ignoreErrors));
        }

        if (match.Text.Length > 0)
        {
            parts.Add(unescape(match.Text));
        }

        return parts.TrueForAll(PyBytes.IsBytes)
            ? parts.SelectMany(part => PyBytes.Of(part!).ToArray()).ToArray()
            : ValueLimits.Join("", parts.ConvertAll(PyText.InMessages));
    }

    private object? ValueOf(VariableMatch match, bool ignoreErrors)
    {
        var original = match;
        match = ResolveBase(match, ignoreErrors);
        if (match.Identifier == '*')
        {
            variables.Warn($"Syntax '{match}' is reserved for future use. Please escape it like '\\{match}'.");
            return match.ToString();
        }

        try
        {
            var value = _finder.Find(match);
            return Validate(match, match.Items.Count > 0 ? ItemOf(match, value) : value);
        }
        catch (VariableSyntaxException) when (ignoreErrors)
        {
            return Escapes.Unescape(original.Match);
        }
    }

    private object? ItemOf(VariableMatch match, object? value)
    {
        var name = match.Name;
        foreach (var item in match.Items)
        {
            value = value switch
            {
                PyDict dict => ItemOfDictionary(name, dict, item),
                string or byte[] or PyByteArray or PyList or PyTuple or PyRange or IPyIndexable => ItemOfSequence(name, value, item),
                _ => throw new VariableSyntaxException(
                    $"Variable '{name}' is {PyTypeNames.InMessages(value)}, which is not subscriptable, and thus accessing item "
                    + $"'{item}' from it is not possible. To use '[{item}]' as a literal value, it needs to be escaped like '\\[{item}]'."),
            };
            name = $"{name}[{item}]";
        }

        return value;
    }

    private object? ItemOfDictionary(string name, PyDict dict, string item)
    {
        var key = ReplaceScalar(item);
        try
        {
            return dict.TryGetValue(key, out var value)
                ? value
                : throw new VariableSyntaxException($"Dictionary '{name}' has no key '{PyText.Str(key)}'.");
        }
        catch (PyErrorException error)
        {
            throw new VariableSyntaxException($"Dictionary '{name}' used with invalid key: {error.Message}");
        }
    }

    private object? ItemOfSequence(string name, object value, string item)
    {
        var key = ReplaceScalar(item);
        var index = SequenceIndex.Parse(key);
        try
        {
            return PySubscript.Get(value, index ?? key);
        }
        catch (PyErrorException error) when (error.TypeName == "IndexError" && index is not null)
        {
            throw new VariableSyntaxException(
                $"{PyTypeNames.InMessages(value, capitalize: true)} '{name}' has no item in index {PyText.Str(index)}.");
        }
        catch (PyErrorException error) when (error.TypeName == "TypeError" && index is null)
        {
            var shown = PyText.Str(key);
            throw new VariableSyntaxException(
                $"{PyTypeNames.InMessages(value, capitalize: true)} '{name}' used with invalid index '{shown}'. "
                + $"To use '[{shown}]' as a literal value, it needs to be escaped like '\\[{shown}]'.");
        }
        catch (PyErrorException error)
        {
            throw new VariableSyntaxException($"Accessing '{name}[{PyText.Str(key)}]' failed: {error.ResultMessage}");
        }
    }

    private static object? Validate(VariableMatch match, object? value) => match.Identifier switch
    {
        '@' when !PyIteration.IsListLike(value) => throw new VariableSyntaxException($"Value of variable '{match}' is not list or list-like."),
        '@' => new PyList(ValueLimits.Items(PyIteration.Items(value))),
        '&' when value is not PyDict => throw new VariableSyntaxException(
            $"Value of variable '{match}' is not dictionary or dictionary-like."),
        '&' => new DotDict((PyDict)value!),
        _ => value,
    };
}
