using FarmAgent.Robot.Building;

namespace FarmAgent.Robot.Libraries;

/// <summary>What the search for a keyword gave.</summary>
internal sealed record FoundKeyword
{
    /// <summary>Name that results show.</summary>
    public required string Name { get; init; }

    /// <summary>Name by which it was found, without BDD prefix and owner.</summary>
    public string MatchedName { get; init; } = "";

    public UserKeyword? User { get; init; }

    public LibraryKeyword? Library { get; init; }

    /// <summary>Why there is no keyword to run.</summary>
    public string? Error { get; init; }

    /// <summary>Warnings to log into the keyword before it runs.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public bool IsEmbedded => (User?.Embedded ?? Library?.Embedded) is not null;
}
