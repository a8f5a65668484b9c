using System.Security.Cryptography.X509Certificates;
using FarmAgent.Agent.Security.Certificates;
using FarmAgent.Agent.Security.Tokens;
using Grpc.Core;

namespace FarmAgent.Agent.Security;

/// <summary>
/// Finds out who asks. A token outranks everything; then, on the network, the client's certificate decides, on the Unix socket the kernel's
/// word for who is at the other end: root and the agent's own user are administrators, members of the operators' group operators. All others are
/// nobody, unless the configuration gives them a role. Callers on the insecure loopback port are operators.
/// </summary>
internal sealed class CallerResolver(
    RunTokens runTokens, TokenStore tokens, RevokedCertificates revoked, UserDatabase users, RoleBook roles, string operatorGroup, TimeProvider time)
{
    private const string BearerScheme = "Bearer ";

    private static readonly uint OwnUserId = ReadOwnUserId();

    /// <summary>Who asks.</summary>
    /// <exception cref="AuthorizationException">Nobody we know (<c>UNAUTHENTICATED</c>, <c>NOT_AUTHORISED</c>).</exception>
    public Caller Resolve(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var mark = http.Features.Get<ListenerMark>();
        var isRemote = mark == ListenerMark.Network;
        if (http.Request.Headers.Authorization.ToString() is { Length: > 0 } authorization)
        {
            return FromToken(authorization) with { IsRemote = isRemote };
        }

        if (isRemote)
        {
            return http.Connection.ClientCertificate is { } certificate
                ? FromCertificate(certificate)
                : throw new AuthorizationException(
                    "UNAUTHENTICATED", "This listener serves only whom it knows, and the call showed neither a client certificate nor a token. Log in: farmctl login.");
        }

        if (http.Features.Get<PeerCredentials>() is { } peer)
        {
            return FromPeer(peer);
        }

        return mark == ListenerMark.InsecureLoopback
            ? new Caller("loopback", CallerRole.Operator)
            : throw new AuthorizationException("UNAUTHENTICATED", "The call came in by a door that the agent does not know. Use one of its listeners.");
    }

    private Caller FromToken(string authorization)
    {
        var secret = authorization.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase) ? authorization[BearerScheme.Length..].Trim() : "";
        return runTokens.Find(secret) ?? tokens.Find(secret) ?? throw new AuthorizationException(
            "UNAUTHENTICATED", "The token is not valid: it has expired, was revoked, or its run has ended. Get a new one (farmctl login), or unset FARM_TOKEN_FILE to be known by your user.");
    }

    // The handshake proved that it is the client's and who signed it; what can change during a connection is asked for every call.
    private Caller FromCertificate(X509Certificate2 certificate)
    {
        if (revoked.Contains(certificate))
        {
            throw new AuthorizationException("UNAUTHENTICATED", "The client certificate was revoked. Ask the owner of the farm for another.");
        }

        var ends = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        if (ends <= time.GetUtcNow())
        {
            throw new AuthorizationException("UNAUTHENTICATED", "The client certificate has expired. Ask the owner of the farm for another.");
        }

        var name = ClientCertificates.NameOf(certificate) ?? throw new AuthorizationException(
            "UNAUTHENTICATED", "The client certificate names nobody: it has no common name of at most 100 printable characters. Ask the owner of the farm for another.");
        var grants = roles.OfCertificate(name);
        return grants.Count > 0
            ? new Caller("cert:" + name, Caller.MostOf(grants))
            {
                Grants = grants,
                Credential = "cert:" + RevokedCertificates.SerialOf(certificate),
                ExpireTime = ends,
                IsRemote = true,
            }
            : throw new AuthorizationException(
                "NOT_AUTHORISED", $"cert:{name} has no role here. The owner of the farm gives one below roles: in agent.yaml (who: 'cert:{name}').");
    }

    private Caller FromPeer(PeerCredentials peer)
    {
        var name = users.NameOf(peer.UserId);
        var identity = name is null ? $"uid:{peer.UserId}" : $"uid:{peer.UserId} ({name})";
        if (peer.UserId == 0 || peer.UserId == OwnUserId)
        {
            return new Caller(identity, CallerRole.Admin);
        }

        var granted = roles.OfPeer(name, group => users.GroupIdOf(group) is { } id && peer.GroupIds.Contains(id));
        if (granted.Count > 0)
        {
            return new Caller(identity, Caller.MostOf(granted)) { Grants = granted };
        }

        if (users.GroupIdOf(operatorGroup) is { } operators && peer.GroupIds.Contains(operators))
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
