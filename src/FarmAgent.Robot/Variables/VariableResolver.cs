using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>Works out the value of a variable definition, at first use or at once.</summary>
internal sealed class VariableResolver : IDelayedValue
{
    private readonly VariableDefinition _definition;
    private readonly char _identifier;
    private readonly string? _type;
    private readonly List<(string Key, string? Value)> _pairs = [];
    private readonly IReadOnlyList<string> _values;
    private readonly string? _separator;
    private bool _isResolving;
    private bool _isResolved;
    private object? _value;

    private VariableResolver(VariableDefinition definition, VariableMatch match)
    {
        _definition = definition;
        (_identifier, _type, Name) = (match.Identifier, match.Type, match.Name);
        (_values, _separator) = (definition.Values, definition.Separator);
        if (_identifier == '$')
        {
            if (_separator is null && _values.Count > 0 && _values[0].StartsWith("SEPARATOR=", StringComparison.Ordinal))
            {
                (_separator, _values) = (_values[0]["SEPARATOR=".Length..], [.. _values.Skip(1)]);
            }

            return;
        }

        if (_separator is not null)
        {
            throw new VariableSyntaxException("Only scalar variables support separators.");
        }

        if (_identifier == '&')
        {
            _pairs.AddRange(_values.Select(SplitItem));
        }
    }

    /// <summary>The decorated name without type.</summary>
    public string Name { get; private set; }

    /// <summary>Prepares the value of a definition.</summary>
    /// <exception cref="VariableSyntaxException">The name or the form of the values is wrong.</exception>
    public static VariableResolver Create(VariableDefinition definition)
    {
        if (definition.Error is { } error)
        {
            throw new VariableSyntaxException(error);
        }

        var match = VariableMatch.Search(definition.Name, parseType: true);
        return match.IsAssign(nested: true)
            ? new VariableResolver(definition, match)
            : throw new VariableSyntaxException($"Invalid variable name '{definition.Name}'.");
    }

    public object? Resolve(VariableSet variables)
    {
        if (_isResolving)
        {
            throw new VariableSyntaxException("Recursive variable definition.");
        }

        if (_isResolved)
        {
            return _value;
        }

        _isResolving = true;
        object? value;
        try
        {
            value = _identifier switch
            {
                '$' => ResolveScalar(variables),
                '@' => _values.Count == 0 ? new PyList() : ResolveList(variables),
                _ => ResolveDictionary(variables),
            };
        }
        finally
        {
            _isResolving = false;
        }

        _value = _type is null ? value : Convert(value);
        Name = $"{_identifier}{{{variables.ReplaceString(Name[2..^1])}}}";
        _isResolved = true;
        return _value;
    }

    public void ReportError(string message) => _definition.ReportError(message);

    private static (string Key, string? Value) SplitItem(string item)
    {
        if (VariableKinds.IsDict(item))
        {
            return (item, null);
        }

        var (name, value) = EqualsSplitter.Split(item);
        return value is null
            ? throw new VariableSyntaxException($"Invalid dictionary variable item '{item}'. "
                + "Items must use 'name=value' syntax or be dictionary variables themselves.")
            : (name, value);
    }

    private object? ResolveScalar(VariableSet variables)
    {
        if (_separator is null && _values.Count == 1 && !VariableKinds.IsList(_values[0]))
        {
            return IsSecret(_type) ? Secrets.Resolve(_values[0], variables) : variables.ReplaceScalar(_values[0]);
        }

        var separator = _separator is null ? " " : variables.ReplaceString(_separator);
        return ValueLimits.Join(separator, variables.ReplaceList(_values).ConvertAll(PyText.Str));
    }

    private PyList ResolveList(VariableSet variables)
    {
        if (!IsSecret(_type))
        {
            return new PyList(variables.ReplaceList(_values));
        }

        var secrets = new PyList();
        foreach (var value in _values)
        {
            if (VariableKinds.IsList(value))
            {
                secrets.AddRange(PyIteration.Items(variables.ReplaceScalar(value)));
            }
            else
            {
                secrets.Add(Secrets.Resolve(value, variables));
            }
        }

        return secrets;
    }

    private DotDict ResolveDictionary(VariableSet variables)
    {
        var types = _type?.Split('=', 2);
        var isSecretKey = types?.Length == 2 && IsSecret(types[0]);
        var isSecretValue = IsSecret(types?[^1]);
        var items = new List<KeyValuePair<object?, object?>>();
        foreach (var (key, value) in _pairs)
        {
            if (value is null)
            {
                items.AddRange((PyDict)variables.ReplaceScalar(key)!);
                continue;
            }

            items.Add(new(
                isSecretKey ? Secrets.Resolve(key, variables) : variables.ReplaceScalar(key),
                isSecretValue ? Secrets.Resolve(value, variables) : variables.ReplaceScalar(value)));
        }

        try
        {
            return new DotDict(items);
        }
        catch (PyErrorException error)
        {
            throw new VariableSyntaxException($"Creating dictionary variable failed: {error.Message}");
        }
    }

    private object? Convert(object? value)
    {
        var types = _type!.Split('=', 2);
        var type = _identifier switch
        {
            '@' => $"list[{_type}]",
            '&' => types.Length == 2 ? $"dict[{types[0]}, {types[1]}]" : $"dict[Any, {_type}]",
            _ => _type,
        };
        return _definition.Converter is { } converter
            ? converter.Convert(value, type, "Value")
            : throw new VariableSyntaxException($"Unrecognized type '{_type}'.");
    }

    private static bool IsSecret(string? type) => string.Equals(type, "secret", StringComparison.OrdinalIgnoreCase);
}
