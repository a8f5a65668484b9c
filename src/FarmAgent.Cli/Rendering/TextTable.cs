using Spectre.Console;

namespace FarmAgent.Cli.Rendering;

/// <summary>A table without lines: readable on a terminal, easy to cut in a pipe, where no cell is ever wrapped.</summary>
internal sealed class TextTable
{
    private const int WidthWithoutTerminal = 1000;

    private readonly Table _table = new Table().NoBorder();

    public TextTable(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            _table.AddColumn(new TableColumn(new Text(column)).NoWrap().PadLeft(0).PadRight(2));
        }
    }

    public TextTable Row(params string[] cells)
    {
        _table.AddRow(cells.Select(cell => new Text(cell.Length == 0 ? "-" : cell)));
        return this;
    }

    public void WriteTo(TextWriter writer)
    {
        using var buffer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(buffer),
        });
        console.Profile.Width = WidthWithoutTerminal;
        console.Write(_table);
        foreach (var line in buffer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            writer.WriteLine(line.TrimEnd());
        }
    }
}
