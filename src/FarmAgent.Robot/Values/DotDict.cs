namespace FarmAgent.Robot.Values;

/// <summary>The dictionary that suites create: its keys are also attributes, and so are those of dictionaries nested inside it.</summary>
public sealed class DotDict : PyDict
{
    private bool _constructed;

    /// <summary>An empty dictionary.</summary>
    public DotDict()
    {
        _constructed = true;
    }

    /// <summary>A dictionary of the given pairs; plain dictionaries among the values become dictionaries of this kind.</summary>
    /// <param name="items">The pairs.</param>
    public DotDict(IEnumerable<KeyValuePair<object?, object?>> items)
    {
        foreach (var (key, value) in items)
        {
            this[key] = value;
        }

        _constructed = true;
    }

    /// <inheritdoc/>
    protected override object? Adopt(object? value) => _constructed ? value : ConvertNested(value);

    private static object? ConvertNested(object? value)
    {
        switch (value)
        {
            case DotDict:
                return value;
            case PyDict dict:
                return new DotDict(dict);
            case PyList list:
                for (var i = 0; i < list.Count; i++)
                {
                    list[i] = ConvertNested(list[i]);
                }

                return list;
            default:
                return value;
        }
    }
}
