using System.Collections.Concurrent;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>A type as a value: it can be called, compared and asked for its name.</summary>
internal sealed class PyType : IPyObject, IPyCallable
{
    private static readonly ConcurrentDictionary<string, PyType> Others = new(StringComparer.Ordinal);

    private readonly Func<CallArguments, object?> _create;

    public PyType(string name, Func<CallArguments, object?> create, string? qualifiedName = null)
    {
        (Name, _create, QualifiedName) = (name, create, qualifiedName ?? name);
    }

    public string TypeName => "type";

    public string Name { get; }

    public string QualifiedName { get; }

    /// <summary>Functions and values that belong to the type itself, such as <c>dict.fromkeys</c>.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>The type of a value.</summary>
    public static PyType Of(object? value) => value is PyInstanceOfException error
        ? error.Type
        : PyBuiltinTypes.Find(PyTypeNames.Of(value)) ?? Others.GetOrAdd(
            PyTypeNames.Of(value),
            name => new PyType(name, arguments => throw PyErrorException.TypeError($"cannot create '{name}' instances"), PyTypeNames.Qualified(value)));

    public string Repr() => $"<class '{QualifiedName}'>";

    /// <summary>Whether a value is of this type or of one derived from it.</summary>
    public bool IsInstance(object? value) => Name switch
    {
        "object" => true,
        "int" => PyNumbers.TryGetInteger(value, out _),
        "dict" => value is PyDict,
        "Exception" => value is PyInstanceOfException,
        "date" => PyTypeNames.Of(value) is "date" or "datetime",
        "Path" or "PurePath" => PyTypeNames.Of(value) == "PosixPath",
        _ => Equals(Of(value)),
    };

    public bool TryGetAttribute(string name, out object? value)
    {
        if (name is "__name__" or "__qualname__")
        {
            value = Name;
            return true;
        }

        if (name == "__module__")
        {
            value = QualifiedName.Contains('.') ? QualifiedName[..QualifiedName.LastIndexOf('.')] : "builtins";
            return true;
        }

        if (Members.TryGetValue(name, out value))
        {
            return true;
        }

        // A method taken from the type gets its object as first argument.
        value = PyAttributes.HasMethod(Name, name)
            ? new PyFunction(name, arguments => arguments.Positional.Count == 0
                ? throw PyErrorException.TypeError($"unbound method {Name}.{name}() needs an argument")
                : PyCalls.Call(PyAttributes.Get(arguments[0], name), [.. arguments.Positional.Skip(1)], arguments.Named))
            : null;
        return value is not null;
    }

    public object? Call(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named) =>
        _create(new CallArguments(Name, arguments, named));

    /// <summary>Types that a module defines are the same wherever they come from.</summary>
    public override bool Equals(object? obj) => obj is PyType other && other.QualifiedName == QualifiedName;

    public override int GetHashCode() => QualifiedName.GetHashCode(StringComparison.Ordinal);
}
