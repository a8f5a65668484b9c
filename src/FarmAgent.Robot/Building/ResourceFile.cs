using FarmAgent.Robot.Parsing;

namespace FarmAgent.Robot.Building;

/// <summary>What an import names.</summary>
internal enum ImportKind
{
    Library,
    Resource,
    Variables,
}

/// <summary>One import setting.</summary>
internal sealed record Import(ImportKind Kind, string? Name, IReadOnlyList<string> Arguments, string? Alias, int Line);

/// <summary>What a suite file and a resource file have in common: imports, variables and keywords.</summary>
internal sealed class ResourceFile
{
    /// <summary>Name that qualifies its keywords; empty for suite files.</summary>
    public string Name { get; init; } = "";

    public string Source { get; init; } = "";

    public string Documentation { get; set; } = "";

    public List<Import> Imports { get; } = [];

    public List<VariableRow> Variables { get; } = [];

    public List<UserKeyword> Keywords { get; } = [];

    public bool IsEmpty => Imports.Count == 0 && Variables.Count == 0 && Keywords.Count == 0;
}
