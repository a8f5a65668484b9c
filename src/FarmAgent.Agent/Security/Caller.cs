using Grpc.Core;

namespace FarmAgent.Agent.Security;

/// <summary>What a caller may do, least first; a runner stands apart.</summary>
internal enum CallerRole
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Look.</summary>
    Viewer,

    /// <summary>Lease boards and use what is leased.</summary>
    Operator,

    /// <summary>Change the bench, end other people's leases.</summary>
    Admin,

    /// <summary>A suite in a run: bound to that run's lease.</summary>
    Runner,
}

/// <summary>Who asks.</summary>
/// <param name="Identity">Name in leases and in the audit, <c>uid:1000 (anna)</c>.</param>
/// <param name="Role">The most that he may do anywhere.</param>
/// <param name="Run">Id of the run, for a runner.</param>
/// <param name="Lease">Id of the run's lease, for a runner.</param>
internal sealed record Caller(string Identity, CallerRole Role, string? Run = null, string? Lease = null)
{
    private static readonly object Key = new();

    /// <summary>The board of the run, for a runner.</summary>
    public string? Board { get; init; }

    /// <summary>Roles by board; empty when <see cref="Role"/> holds on every board.</summary>
    public IReadOnlyList<RoleGrant> Grants { get; init; } = [];

    /// <summary>What he is known by and can be revoked: "token:NAME" or "cert:SERIAL"; empty for peers of the socket.</summary>
    public string Credential { get; init; } = "";

    /// <summary>When that ends; null for never.</summary>
    public DateTimeOffset? ExpireTime { get; init; }

    /// <summary>True when the credential is only good to be exchanged.</summary>
    public bool IsOneTime { get; init; }

    /// <summary>True when he comes over the network.</summary>
    public bool IsRemote { get; init; }

    /// <summary>What somebody with such grants may do at most.</summary>
    public static CallerRole MostOf(IReadOnlyList<RoleGrant> grants) => grants.Count == 0 ? CallerRole.None : grants.Max(g => g.Role);

    /// <summary>What he may do on every board.</summary>
    public CallerRole RoleEverywhere => Grants.Count == 0 ? Role : MostOf([.. Grants.Where(g => g.Boards.Count == 0)]);

    /// <summary>What he may do on a board.</summary>
    public CallerRole RoleOn(string board)
    {
        if (Role == CallerRole.Runner)
        {
            return board == Board ? CallerRole.Runner : CallerRole.None;
        }

        if (Grants.Count == 0)
        {
            return Role;
        }

        var most = CallerRole.None;
        foreach (var grant in Grants)
        {
            most = grant.Covers(board) && grant.Role > most ? grant.Role : most;
        }

        return most;
    }

    /// <summary>True when he may look at a board.</summary>
    public bool Sees(string board) => RoleOn(board) != CallerRole.None;

    /// <summary>The caller of a request that passed the interceptor.</summary>
    public static Caller Of(ServerCallContext context) => (Caller)context.UserState[Key];

    public void AttachTo(ServerCallContext context) => context.UserState[Key] = this;
}
