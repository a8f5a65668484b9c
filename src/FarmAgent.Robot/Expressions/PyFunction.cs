using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>A built-in function or a method bound to its object.</summary>
internal sealed class PyFunction(string name, Func<CallArguments, object?> body, string? owner = null) : IPyObject, IPyCallable
{
    public string TypeName => "builtin_function_or_method";

    public string Name { get; } = name;

    public string Repr() => owner is null
        ? $"<built-in function {Name}>"
        : $"<built-in method {Name} of {owner} object at 0x7f0000000000>";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name is "__name__" or "__qualname__" ? Name : null;
        return value is not null;
    }

    public object? Call(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named) =>
        body(new CallArguments(owner is null ? Name : $"{owner}.{Name}", arguments, named));
}
