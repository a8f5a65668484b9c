using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>An exception made, but not raised, by an expression such as <c>ValueError('x')</c>.</summary>
internal sealed class PyInstanceOfException(PyType type, IReadOnlyList<object?> arguments) : IPyObject
{
    public PyType Type { get; } = type;

    public string TypeName => Type.Name;

    public string Repr() => $"{Type.Name}({string.Join(", ", arguments.Select(PyText.Repr))})";

    public string Str() => arguments.Count switch
    {
        0 => string.Empty,
        1 => PyText.Str(arguments[0]),
        _ => PyText.Repr(new PyTuple([.. arguments])),
    };

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "args" ? new PyTuple([.. arguments]) : null;
        return value is not null;
    }
}
