using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Building;

/// <summary>A keyword written in data.</summary>
internal sealed class UserKeyword
{
    public required string Name { get; init; }

    public required int Line { get; init; }

    /// <summary>The file that holds it.</summary>
    public required ResourceFile Owner { get; init; }

    public string Documentation { get; set; } = "";

    public TagSet Tags { get; } = new();

    public ArgumentSpec Arguments { get; set; } = ArgumentSpec.Empty;

    /// <summary>Arguments in the name, if it has any.</summary>
    public EmbeddedName? Embedded { get; set; }

    public string? Timeout { get; set; }

    public KeywordCall? Setup { get; set; }

    public KeywordCall? Teardown { get; set; }

    public List<Step> Body { get; } = [];

    /// <summary>Why it cannot run.</summary>
    public string? Error { get; set; }

    public bool IsPrivate => Tags.Contains("robot:private");

    /// <summary>Name with the resource file in front; without for keywords of a suite file.</summary>
    public string FullName => Owner.Name.Length > 0 ? $"{Owner.Name}.{Name}" : Name;
}
