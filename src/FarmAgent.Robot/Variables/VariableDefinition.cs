namespace FarmAgent.Robot.Variables;

/// <summary>A row of a variable section, or a VAR.</summary>
/// <param name="Name">Decorated name as written, with its type.</param>
/// <param name="Values">Cells as written.</param>
/// <param name="Separator">Text between several cells of a scalar, if given.</param>
/// <param name="Converter">Converts typed values.</param>
internal sealed record VariableDefinition(
    string Name, IReadOnlyList<string> Values, string? Separator = null, IVariableTypeConverter? Converter = null)
{
    /// <summary>What parsing found wrong, if anything.</summary>
    public string? Error { get; init; }

    /// <summary>Told when the value cannot be worked out; by default it is raised.</summary>
    public Action<string> ReportError { get; init; } = message => throw new VariableSyntaxException(message);
}
