using System.Text.Json.Serialization;

namespace FarmAgent.Agent.Security.Tokens;

/// <summary>A token as it is kept: without its secret.</summary>
internal sealed record TokenRecord
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of its secret as 64 hex digits.</summary>
    public required string Digest { get; init; }

    /// <summary>The secret that it had before it was rotated, as a digest; empty for none.</summary>
    public string OldDigest { get; init; } = "";

    /// <summary>Until when the old secret is good.</summary>
    public DateTimeOffset? OldExpires { get; init; }

    /// <summary>What its holder may do.</summary>
    public IReadOnlyList<TokenGrant> Grants { get; init; } = [];

    /// <summary>When it was made or rotated.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>True for one that can only be exchanged.</summary>
    public bool OneTime { get; init; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; init; } = "";
}

/// <summary>A role by its word.</summary>
/// <param name="Role">viewer, operator or admin.</param>
/// <param name="Boards">Names of boards; empty for all.</param>
internal sealed record TokenGrant(string Role, IReadOnlyList<string> Boards);

/// <summary>The file of tokens.</summary>
/// <param name="Tokens">All of them.</param>
internal sealed record TokenFile(IReadOnlyList<TokenRecord> Tokens);

/// <summary>How the file is written; made by the compiler, since native code has no reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenFile))]
internal sealed partial class TokenJson : JsonSerializerContext;
