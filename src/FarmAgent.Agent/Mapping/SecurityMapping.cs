using FarmAgent.Agent.Security;
using FarmAgent.Agent.Security.Certificates;
using FarmAgent.Agent.Security.Tokens;
using FarmAgent.Hardware;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Mapping;

/// <summary>Tokens and revoked certificates for the API.</summary>
internal static class SecurityMapping
{
    public static Wire.Role ToWire(this CallerRole role) => role switch
    {
        CallerRole.Viewer => Wire.Role.Viewer,
        CallerRole.Operator => Wire.Role.Operator,
        CallerRole.Admin => Wire.Role.Admin,
        CallerRole.Runner => Wire.Role.Runner,
        _ => Wire.Role.Unspecified,
    };

    /// <exception cref="RequestException">A role that cannot be granted (<c>REQUEST_INVALID</c>).</exception>
    public static RoleGrant FromWire(this Wire.RoleGrant grant) => new(
        grant.Role switch
        {
            Wire.Role.Viewer => CallerRole.Viewer,
            Wire.Role.Operator => CallerRole.Operator,
            Wire.Role.Admin => CallerRole.Admin,
            _ => throw new RequestException("REQUEST_INVALID", $"A token can be given the roles {string.Join(", ", RoleGrant.Words)}; {grant.Role} is none of them."),
        },
        [.. grant.Boards.Select(ResourceNames.BoardOf)]);

    public static Wire.Token ToWire(this TokenRecord token)
    {
        var wire = new Wire.Token
        {
            Name = token.Name,
            CreateTime = token.Created.ToTimestamp(),
            ExpireTime = token.Expires?.ToTimestamp(),
            OneTime = token.OneTime,
            CreatedBy = token.CreatedBy,
        };
        foreach (var grant in token.Grants)
        {
            var one = new Wire.RoleGrant { Role = RoleGrant.RoleOf(grant.Role).ToWire() };
            one.Boards.Add(grant.Boards.Select(ResourceNames.OfBoard));
            wire.Grants.Add(one);
        }

        return wire;
    }

    public static Wire.RevokedCertificate ToWire(this RevokedCertificate revoked) => new()
    {
        Certificate = revoked.Certificate,
        Reason = revoked.Reason,
        RevokeTime = revoked.Time.ToTimestamp(),
        RevokedBy = revoked.RevokedBy,
    };
}
