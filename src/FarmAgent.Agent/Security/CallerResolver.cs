using Grpc.Core;

namespace FarmAgent.Agent.Security;

/// <summary>
/// Finds out who asks. A run token outranks everything; then the socket's peer credentials decide: root and the agent's own user are
/// administrators, members of the operators' group operators, all others nobody. Callers on the insecure loopback port are operators.
/// </summary>
internal sealed class CallerResolver(RunTokens tokens, UserDatabase users, string operatorGroup)
{
    private const string BearerScheme = "Bearer ";

    private static readonly uint OwnUserId = ReadOwnUserId();

    /// <summary>Who asks.</summary>
    /// <exception cref="AuthorizationException">Nobody we know (<c>UNAUTHENTICATED</c>, <c>NOT_AUTHORISED</c>).</exception>
    public Caller Resolve(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        if (http.Request.Headers.Authorization.ToString() is { Length: > 0 } authorization)
        {
            return authorization.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase) && tokens.Find(authorization[BearerScheme.Length..].Trim()) is { } runner
                ? runner
                : throw new AuthorizationException(
                    "UNAUTHENTICATED", "The token is not valid, or its run has ended. Unset FARM_TOKEN_FILE to be known by your user.");
        }

        return http.Features.Get<PeerCredentials>() is { } peer ? FromPeer(peer) : new Caller("loopback", CallerRole.Operator);
    }

    private Caller FromPeer(PeerCredentials peer)
    {
        var name = users.NameOf(peer.UserId);
        var identity = name is null ? $"uid:{peer.UserId}" : $"uid:{peer.UserId} ({name})";
        if (peer.UserId == 0 || peer.UserId == OwnUserId)
        {
            return new Caller(identity, CallerRole.Admin);
        }

        if (users.GroupIdOf(operatorGroup) is { } group && peer.GroupIds.Contains(group))
        {
            return new Caller(identity, CallerRole.Operator);
        }

        throw new AuthorizationException(
            "NOT_AUTHORISED",
            $"{identity} may not use this agent: it serves root, its own user, and members of the group '{operatorGroup}'. "
            + $"Join it (usermod -aG {operatorGroup} {name ?? "USER"}) and log in again.");
    }

    // /proc/self/status: "Uid: real effective saved filesystem" (proc(5)).
    private static uint ReadOwnUserId()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("Uid:", StringComparison.Ordinal));
        return uint.Parse(line.Split('\t', StringSplitOptions.RemoveEmptyEntries)[2], System.Globalization.CultureInfo.InvariantCulture);
    }
}
