using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>Where names of an expression come from.</summary>
internal interface INameSource
{
    /// <summary>A name used outside functions and comprehensions.</summary>
    object? Lookup(string name);

    /// <summary>A name used inside one, which does not see as much.</summary>
    object? LookupFromInside(string name);

    void Assign(string name, object? value);
}

/// <summary>The names that one function or comprehension has of its own.</summary>
internal sealed class EvaluationFrame
{
    private readonly EvaluationFrame? _outer;
    private readonly INameSource _names;
    private readonly Dictionary<string, object?>? _locals;

    /// <summary>The outermost frame.</summary>
    public EvaluationFrame(INameSource names)
    {
        _names = names;
    }

    private EvaluationFrame(EvaluationFrame outer)
    {
        (_outer, _names, _locals) = (outer, outer._names, new(StringComparer.Ordinal));
    }

    /// <summary>A frame inside this one.</summary>
    public EvaluationFrame Enter() => new(this);

    public object? Lookup(string name)
    {
        for (var frame = this; frame._locals is not null; frame = frame._outer!)
        {
            if (frame._locals.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return _locals is null ? _names.Lookup(name) : _names.LookupFromInside(name);
    }

    /// <summary>Sets a name of this frame.</summary>
    public void Set(string name, object? value)
    {
        if (_locals is null)
        {
            _names.Assign(name, value);
        }
        else
        {
            _locals[name] = value;
        }
    }

    /// <summary>Sets by <c>:=</c>, which reaches out of comprehensions.</summary>
    public void SetOutermost(string name, object? value) => _names.Assign(name, value);

    public static PyErrorException NotDefined(string name) => new("NameError", $"name '{name}' is not defined");
}
