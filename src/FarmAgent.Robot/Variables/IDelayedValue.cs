namespace FarmAgent.Robot.Variables;

/// <summary>A value in a store that is worked out at first use.</summary>
internal interface IDelayedValue
{
    /// <summary>Works the value out.</summary>
    /// <exception cref="VariableSyntaxException">It cannot be.</exception>
    object? Resolve(VariableSet variables);

    /// <summary>Told once when it cannot be worked out.</summary>
    void ReportError(string message);
}

/// <summary>A built-in value, which a later definition replaces although it is there already.</summary>
internal sealed class BuiltInValue(object? value) : IDelayedValue
{
    public object? Resolve(VariableSet variables) => value;

    public void ReportError(string message) => throw new VariableSyntaxException(message);
}
