using FarmAgent.Robot.Building;
using FarmAgent.Robot.Lexing;

namespace FarmAgent.Robot.Parsing;

/// <summary>What kind of file is read; decides which sections and settings it may have.</summary>
internal enum FileKind
{
    Suite,
    Init,
    Resource,
}

/// <summary>A problem found in a file.</summary>
internal sealed record ParseProblem(int Line, string Text, bool IsWarning);

/// <summary>A valid setting of a section or of a test or keyword.</summary>
/// <param name="Name">English name, for example <c>Suite Setup</c>.</param>
/// <param name="Cells">Its values.</param>
/// <param name="Line">Line of its name.</param>
internal sealed record Setting(string Name, IReadOnlyList<Token> Cells, int Line)
{
    public IReadOnlyList<string> Values { get; } = [.. Cells.Select(cell => cell.Value)];

    /// <summary>The only value; <see langword="null"/> if it is missing or NONE.</summary>
    public string? SingleValue => Values.Count == 0 || Values[0].Equals("NONE", StringComparison.OrdinalIgnoreCase) ? null : Values[0];
}

/// <summary>One row of a variable section.</summary>
internal sealed record VariableRow(string Name, IReadOnlyList<string> Values, string? Separator, int Line, string? Error);

/// <summary>A test, task or keyword as written.</summary>
internal sealed class NamedBlock
{
    public required string Name { get; init; }

    public required int Line { get; init; }

    public List<Setting> Settings { get; } = [];

    public List<Step> Body { get; } = [];
}

/// <summary>A file as written.</summary>
internal sealed class SuiteFile
{
    public required string Source { get; init; }

    public List<Setting> Settings { get; } = [];

    public List<VariableRow> Variables { get; } = [];

    public List<NamedBlock> Tests { get; } = [];

    public List<NamedBlock> Keywords { get; } = [];

    /// <summary>Problems in order of lines.</summary>
    public List<ParseProblem> Problems { get; } = [];

    /// <summary>Whether there is a section with tests, and one with tasks.</summary>
    public bool HasTestSection { get; set; }

    public bool HasTaskSection { get; set; }

    /// <summary>The first problem with a section header, which a resource file does not survive.</summary>
    public ParseProblem? InvalidHeader { get; set; }
}
