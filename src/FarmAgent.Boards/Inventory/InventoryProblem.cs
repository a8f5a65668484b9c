namespace FarmAgent.Boards.Inventory;

/// <summary>Something wrong in a board file. Prints as <c>file:line:column: boards[0].i2c[0].clock_hz: what is wrong</c>.</summary>
/// <param name="File">Path of the file as given.</param>
/// <param name="Line">Line, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Column, from 1; 0 when the whole file is meant.</param>
/// <param name="Key">Path of the key inside the file; empty for the file itself.</param>
/// <param name="Message">What was found, and what would be right.</param>
public sealed record InventoryProblem(string File, int Line, int Column, string Key, string Message)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var place = Line == 0 ? File : $"{File}:{Line}:{Column}";
        return Key.Length == 0 ? $"{place}: {Message}" : $"{place}: {Key}: {Message}";
    }
}
