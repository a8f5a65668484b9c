namespace FarmAgent.Robot.Variables;

/// <summary>Converts values by the types that variables declare: <c>${x: int}</c>, <c>@{x: float}</c>.</summary>
internal interface IVariableTypeConverter
{
    /// <summary>Converts one value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type as written, for example <c>list[int]</c>.</param>
    /// <param name="kind">The word that starts the message of a failure: <c>Value</c>, <c>Return value</c>, …</param>
    /// <param name="name">The variable, when the message names it.</param>
    /// <exception cref="VariableSyntaxException">"Value 'x' cannot be converted to integer." or "Unrecognized type 'x'."</exception>
    object? Convert(object? value, string type, string kind, string? name = null);
}
