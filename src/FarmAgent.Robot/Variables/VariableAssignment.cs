using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Variables;

/// <summary>The variables on the left of a keyword call: their form, and how a return value is spread over them.</summary>
internal sealed class VariableAssignment
{
    /// <summary>The assignment of a call that has none.</summary>
    public static readonly VariableAssignment None = new([]);

    private readonly List<string> _names = [];
    private readonly List<string> _errors = [];

    public VariableAssignment(IEnumerable<string> cells)
    {
        var (hasList, hasDict, hasMark) = (false, false, false);
        foreach (var cell in cells)
        {
            if (hasMark)
            {
                AddError("Assign mark '=' can be used only with the last variable.");
            }

            hasMark |= cell.EndsWith('=');
            var name = cell.EndsWith('=') ? cell[..^1].TrimEnd(PyWhitespace.All) : cell;
            if (name[0] == '@' && hasList)
            {
                AddError("Assignment can contain only one list variable.");
            }

            if (hasDict || (name[0] == '&' && _names.Count > 0))
            {
                AddError("Dictionary variable cannot be assigned with other variables.");
            }

            hasList |= name[0] == '@';
            hasDict |= name[0] == '&';
            _names.Add(name);
        }
    }

    /// <summary>The variables without assign mark.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>What is wrong with the form, each once.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>What is wrong with the form, as one message; null when nothing is.</summary>
    public string? Error => _errors.Count switch
    {
        0 => null,
        1 => _errors[0],
        _ => string.Join("\n- ", _errors.Prepend("Multiple errors:")),
    };

    /// <summary>Spreads a return value over the variables.</summary>
    /// <exception cref="VariableSyntaxException">It does not fit.</exception>
    public List<(string Name, IReadOnlyList<string> Items, object? Value)> Resolve(object? value, IVariableTypeConverter converter)
    {
        var targets = _names.ConvertAll(name => VariableMatch.Search(name, parseType: true));
        if (targets.Count == 0)
        {
            return [];
        }

        if (targets.Count == 1)
        {
            value ??= targets[0].Identifier switch
            {
                '@' => new PyList(),
                '&' => new DotDict(),
                _ => null,
            };
            return [(targets[0].Name, targets[0].Items, Convert(targets[0], value, converter))];
        }

        var values = Spread(value, targets);
        return [.. targets.Select((target, i) => (target.Name, target.Items, Convert(target, values[i], converter)))];
    }

    private static object? Convert(VariableMatch target, object? value, IVariableTypeConverter converter)
    {
        if (target.Type is not { } type)
        {
            return value;
        }

        var types = type.Split('=', 2);
        var whole = target.Identifier switch
        {
            '@' => $"list[{type}]",
            '&' => types.Length == 2 ? $"dict[{types[0]}, {types[1]}]" : $"dict[Any, {type}]",
            _ => type,
        };
        return converter.Convert(value, whole, "Return value");
    }

    private static List<object?> Spread(object? value, List<VariableMatch> targets)
    {
        var list = targets.FindIndex(target => target.Identifier == '@');
        var minimum = list < 0 ? targets.Count : targets.Count - 1;
        var values = ToList(value, minimum);
        if (list < 0)
        {
            return values.Count == minimum ? values : throw Fail($"Expected {minimum} return values, got {values.Count}.");
        }

        if (values.Count < minimum)
        {
            throw Fail($"Expected {minimum} or more return values, got {values.Count}.");
        }

        var length = values.Count - minimum;
        return [.. values.Take(list), new PyList(values.Skip(list).Take(length)), .. values.Skip(list + length)];
    }

    private static List<object?> ToList(object? value, int minimum)
    {
        if (value is null)
        {
            return [.. Enumerable.Repeat<object?>(null, minimum)];
        }

        return value is not string && PyIteration.TryGetItems(value) is { } items
            ? [.. items]
            : throw Fail($"Expected list-like value, got {PyTypeNames.InMessages(value)}.");
    }

    private static VariableSyntaxException Fail(string message) => new($"Cannot set variables: {message}");

    private void AddError(string error)
    {
        if (!_errors.Contains(error, StringComparer.Ordinal))
        {
            _errors.Add(error);
        }
    }
}
