using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>Values by undecorated name: <c>${x}</c>, <c>@{x}</c> and <c>&amp;{x}</c> are one variable.</summary>
internal sealed class VariableStore
{
    private readonly VariableSet _variables;
    private readonly NormalizedDictionary<object?> _values;

    public VariableStore(VariableSet variables, VariableStore? source = null)
    {
        _variables = variables;
        _values = source?._values.Copy() ?? new NormalizedDictionary<object?>("_");
    }

    public IEnumerable<string> Names => _values.Names;

    /// <summary>All values as they are stored, unresolved ones included.</summary>
    public NormalizedDictionary<object?> Raw => _values;

    public bool Contains(string name) => _values.Contains(name);

    /// <summary>Reads by undecorated name; false when missing or when its delayed value cannot be worked out.</summary>
    public bool TryGet(string name, out object? value)
    {
        value = null;
        if (!_values.TryGet(name, out var stored))
        {
            return false;
        }

        try
        {
            value = ResolveDelayed(name, stored);
            return true;
        }
        catch (VariableSyntaxException)
        {
            return false;
        }
    }

    /// <summary>Works out all delayed values; the failing ones report themselves and vanish.</summary>
    public void ResolveDelayed()
    {
        foreach (var (name, value) in _values.Items)
        {
            try
            {
                ResolveDelayed(name, value);
            }
            catch (VariableSyntaxException)
            {
                // Reported to whoever defined it.
            }
        }
    }

    /// <summary>Sets by undecorated name.</summary>
    public void Add(string name, object? value, bool overwrite = true)
    {
        ValueLimits.Check(value);
        if (overwrite || !_values.TryGet(name, out var old) || old is BuiltInValue)
        {
            _values[name] = value;
        }
    }

    /// <summary>Sets by decorated name; lists and dictionaries are copied.</summary>
    /// <exception cref="VariableSyntaxException">The name is bad, or the value does not suit <c>@</c> or <c>&amp;</c>.</exception>
    public void AddDecorated(string name, object? value, bool overwrite = true)
    {
        var undecorated = Undecorate(name);
        if (value is not IDelayedValue)
        {
            value = name[0] switch
            {
                '@' => ToList(value),
                '&' => ToDictionary(value),
                _ => value,
            };
        }

        Add(undecorated, value, overwrite);
    }

    public bool Remove(string decoratedName) => _values.Remove(Undecorate(decoratedName));

    /// <summary>The name without decoration, with variables in it replaced.</summary>
    public string Undecorate(string name)
    {
        var match = VariableMatch.Search(name, parseType: true);
        if (!match.IsAssign(nested: true))
        {
            throw new VariableSyntaxException($"Invalid variable name '{name}'.");
        }

        return _variables.Replacer.ResolveBase(match).ToString()[2..^1];
    }

    /// <summary>A snapshot; names are decorated by the kind of the value if asked for.</summary>
    public NormalizedDictionary<object?> ToDictionary(bool isDecorated)
    {
        var result = new NormalizedDictionary<object?>("_");
        foreach (var name in _values.Names.ToList())
        {
            if (!TryGet(name, out var value))
            {
                continue;
            }

            var identifier = value is PyDict ? '&' : PyIteration.IsListLike(value) ? '@' : '$';
            result[isDecorated ? $"{identifier}{{{name}}}" : name] = value;
        }

        return result;
    }

    public static PyList ToList(object? value) => PyIteration.IsListLike(value)
        ? new PyList(PyIteration.Items(value))
        : throw new VariableSyntaxException($"Expected list-like value, got {PyTypeNames.InMessages(value)}.");

    public static DotDict ToDictionary(object? value) => value is PyDict dict
        ? new DotDict(dict)
        : throw new VariableSyntaxException($"Expected dictionary-like value, got {PyTypeNames.InMessages(value)}.");

    private object? ResolveDelayed(string name, object? value)
    {
        if (value is not IDelayedValue delayed)
        {
            return value;
        }

        try
        {
            var resolved = delayed.Resolve(_variables);
            _values[name] = resolved;
            return resolved;
        }
        catch (VariableSyntaxException error)
        {
            // Resolving recursively may have removed it already.
            if (_values.Remove(name))
            {
                delayed.ReportError(error.Message);
            }

            throw;
        }
    }
}
