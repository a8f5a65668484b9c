namespace FarmAgent.Robot.Lexing;

/// <summary>A row with the rows that continue it. An indented row starts with an empty cell.</summary>
/// <param name="cells">Data cells in order.</param>
internal sealed class LogicalRow(IReadOnlyList<Token> cells)
{
    public IReadOnlyList<Token> Cells { get; } = cells;

    public int Line => Cells[0].Line;

    public string First => Cells[0].Value;

    /// <summary>Texts of the cells from an index on.</summary>
    public IReadOnlyList<string> Values(int from) => [.. Cells.Skip(from).Select(cell => cell.Value)];

    /// <summary>The row without its first cells.</summary>
    public LogicalRow Skip(int count) => new([.. Cells.Skip(count)]);

    /// <summary>The row without the empty cells of its indentation; may be empty.</summary>
    public IReadOnlyList<Token> WithoutIndent() => [.. Cells.SkipWhile(cell => cell.Value.Length == 0)];
}
