namespace FarmAgent.Agent.Security;

/// <summary>A role, on some boards or on all.</summary>
/// <param name="Role">Viewer, operator or administrator.</param>
/// <param name="Boards">Names of the boards; empty for every board.</param>
internal sealed record RoleGrant(CallerRole Role, IReadOnlyList<string> Boards)
{
    /// <summary>The roles that can be granted, by the word for each.</summary>
    public static IReadOnlyList<string> Words { get; } = ["viewer", "operator", "admin"];

    /// <summary>The role that a word names; None for any other word.</summary>
    public static CallerRole RoleOf(string word) => word switch
    {
        "viewer" => CallerRole.Viewer,
        "operator" => CallerRole.Operator,
        "admin" => CallerRole.Admin,
        _ => CallerRole.None,
    };

    /// <summary>The word for a role.</summary>
    public static string WordOf(CallerRole role) => role switch
    {
        CallerRole.Viewer => "viewer",
        CallerRole.Operator => "operator",
        CallerRole.Admin => "admin",
        CallerRole.Runner => "runner",
        _ => "none",
    };

    /// <summary>True when it holds on a board.</summary>
    public bool Covers(string board) => Boards.Count == 0 || Boards.Contains(board, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Boards.Count == 0 ? WordOf(Role) : $"{WordOf(Role)} on {string.Join(", ", Boards)}";
}
