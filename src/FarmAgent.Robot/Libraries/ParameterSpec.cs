namespace FarmAgent.Robot.Libraries;

/// <summary>How an argument can be given.</summary>
public enum ParameterKind
{
    /// <summary>By position only.</summary>
    PositionalOnly,

    /// <summary>By position or by name.</summary>
    PositionalOrNamed,

    /// <summary>Takes the remaining positional arguments.</summary>
    VarPositional,

    /// <summary>By name only.</summary>
    NamedOnly,

    /// <summary>Takes the remaining named arguments.</summary>
    VarNamed,
}

/// <summary>One argument of a keyword.</summary>
/// <param name="Name">Name without decoration.</param>
/// <param name="Kind">How it can be given.</param>
/// <param name="Type">Type as written, for example <c>int | None</c>, or <see langword="null"/>.</param>
/// <param name="HasDefault">Whether it may be left out.</param>
/// <param name="Default">Value when left out (for user keywords: the text as written).</param>
public sealed record ParameterSpec(string Name, ParameterKind Kind, string? Type = null, bool HasDefault = false, object? Default = null)
{
    /// <summary>Whether values are converted at all.</summary>
    internal bool IsConverted { get; init; } = true;

    /// <summary>The type when it is not given as text.</summary>
    internal TypeInfo? Hint { get; init; }

    /// <summary>Type of the default when it has no plain value.</summary>
    internal TypeInfo? DefaultHint { get; init; }
}
