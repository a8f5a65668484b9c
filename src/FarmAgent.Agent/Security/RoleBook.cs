namespace FarmAgent.Agent.Security;

/// <summary>Who is given a role by the configuration.</summary>
/// <param name="Who">"cert:NAME", "user:NAME" or "group:NAME"; cert:* is every holder of a certificate.</param>
/// <param name="Grant">The role.</param>
internal sealed record RoleEntry(string Who, RoleGrant Grant);

/// <summary>The roles that the configuration gives. Several entries for one person add up.</summary>
internal sealed class RoleBook(IReadOnlyList<RoleEntry> entries)
{
    /// <summary>Kinds of names that an entry may begin with.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["cert:", "user:", "group:"];

    /// <summary>What the holder of a certificate may do.</summary>
    public IReadOnlyList<RoleGrant> OfCertificate(string name) => GrantsWhere(who => who == "cert:" + name || who == "cert:*");

    /// <summary>What a local user may do.</summary>
    /// <param name="name">His name; null when he has none.</param>
    /// <param name="isIn">Whether he is in a group.</param>
    public IReadOnlyList<RoleGrant> OfPeer(string? name, Func<string, bool> isIn) => GrantsWhere(
        who => (name is not null && who == "user:" + name) || (who.StartsWith("group:", StringComparison.Ordinal) && isIn(who["group:".Length..])));

    private IReadOnlyList<RoleGrant> GrantsWhere(Func<string, bool> isHis) => [.. entries.Where(e => isHis(e.Who)).Select(e => e.Grant)];
}
