namespace FarmAgent.Robot.Expressions;

internal enum PyTokenKind
{
    Name,
    Number,
    Text,
    Operator,

    /// <summary>A line end outside brackets.</summary>
    Newline,
    End,
}

/// <summary>One token of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Source">As written.</param>
/// <param name="Line">From one.</param>
/// <param name="Level">How many brackets are open.</param>
/// <param name="Value">The value of a number.</param>
/// <param name="Start">Position in the source.</param>
internal sealed record PyToken(PyTokenKind Kind, string Source, int Line, int Level, object? Value = null, int Start = 0)
{
    public bool Is(string text) => Kind is PyTokenKind.Operator or PyTokenKind.Name && Source == text;
}
