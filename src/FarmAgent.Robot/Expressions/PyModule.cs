using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>A module with its functions and values.</summary>
internal sealed class PyModule(string name, IReadOnlyDictionary<string, object?> members) : IPyObject
{
    public string TypeName => "module";

    public string Repr() => $"<module '{name}'>";

    public bool TryGetAttribute(string attribute, out object? value)
    {
        if (attribute == "__name__")
        {
            value = name;
            return true;
        }

        return members.TryGetValue(attribute, out value)
            ? true
            : throw new PyErrorException("AttributeError", $"module '{name}' has no attribute '{attribute}'");
    }
}
