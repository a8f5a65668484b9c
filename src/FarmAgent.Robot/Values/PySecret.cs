namespace FarmAgent.Robot.Values;

/// <summary>A value that logs and messages show only as <c>&lt;secret&gt;</c>.</summary>
/// <param name="value">What is kept secret.</param>
public sealed class PySecret(string value) : IPyObject
{
    /// <summary>What is kept secret.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public string TypeName => "Secret";

    /// <inheritdoc/>
    public string Repr() => "Secret(value=<secret>)";

    /// <inheritdoc/>
    public string Str() => "<secret>";

    /// <inheritdoc/>
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "value" ? Value : null;
        return name == "value";
    }
}
