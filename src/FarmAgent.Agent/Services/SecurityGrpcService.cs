using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Security;
using FarmAgent.Hardware;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Tokens and revoked certificates.</summary>
internal sealed class SecurityGrpcService(SecurityKeeper security, ILogger<SecurityGrpcService> log) : Wire.SecurityService.SecurityServiceBase
{
    private static readonly TimeSpan ShortestTtl = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestTtl = TimeSpan.FromDays(3_660);
    private static readonly TimeSpan DefaultTtl = TimeSpan.FromDays(90);
    private static readonly TimeSpan DefaultExchangedTtl = TimeSpan.FromDays(365);
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(7);

    public override Task<Wire.ExchangeTokenResponse> ExchangeToken(Wire.ExchangeTokenRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        if (!caller.IsOneTime)
        {
            throw new AuthorizationException("NOT_AUTHORISED", $"Only a one-time token can be exchanged, and {caller.Identity} is none. Make a token instead: farmctl token create.");
        }

        CallScope.Of(context).Target = request.Name;
        var oneTime = caller.Credential["token:".Length..];
        var (token, secret) = security.Tokens.Exchange(oneTime, request.Name, TtlOf(request.Ttl) ?? DefaultExchangedTtl);
        File.Delete(security.Files.OneTimeToken);
        SecurityLog.TokenMade(log, caller.Identity, token.Name);
        return Task.FromResult(new Wire.ExchangeTokenResponse { Token = token.ToWire(), Secret = secret });
    }

    public override Task<Wire.CreateTokenResponse> CreateToken(Wire.CreateTokenRequest request, ServerCallContext context)
    {
        CallScope.Of(context).Target = request.Name;
        var grants = request.Grants.Select(SecurityMapping.FromWire).ToList();
        if (grants.Count == 0)
        {
            throw new RequestException("REQUEST_INVALID", "The token would be good for nothing: no role is given. Give at least one.");
        }

        var by = Caller.Of(context).Identity;
        var (token, secret) = security.Tokens.Create(request.Name, grants, TtlOf(request.Ttl) ?? DefaultTtl, request.OneTime, by);
        SecurityLog.TokenMade(log, by, token.Name);
        return Task.FromResult(new Wire.CreateTokenResponse { Token = token.ToWire(), Secret = secret });
    }

    public override Task<Wire.ListTokensResponse> ListTokens(Wire.ListTokensRequest request, ServerCallContext context)
    {
        var response = new Wire.ListTokensResponse();
        response.Tokens.Add(security.Tokens.List().Select(SecurityMapping.ToWire));
        return Task.FromResult(response);
    }

    public override Task<Wire.RotateTokenResponse> RotateToken(Wire.RotateTokenRequest request, ServerCallContext context)
    {
        CallScope.Of(context).Target = request.Name;
        var overlap = request.Overlap?.ToTimeSpan() ?? TimeSpan.Zero;
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap)
        {
            throw new RequestException("REQUEST_INVALID", $"An overlap of {overlap.TotalHours:0.##} h was asked for; 0 s to {LongestOverlap.TotalDays:0} days are allowed.");
        }

        var (token, secret) = security.Tokens.Rotate(request.Name, TtlOf(request.Ttl), overlap);
        if (overlap == TimeSpan.Zero)
        {
            SecurityLog.Revoked(log, Caller.Of(context).Identity, "the old secret of token:" + request.Name, CutOff(context, "token:" + request.Name));
        }

        return Task.FromResult(new Wire.RotateTokenResponse { Token = token.ToWire(), Secret = secret });
    }

    public override Task<Wire.RevokeTokenResponse> RevokeToken(Wire.RevokeTokenRequest request, ServerCallContext context)
    {
        CallScope.Of(context).Target = request.Name;
        security.Tokens.Revoke(request.Name);
        var ended = CutOff(context, "token:" + request.Name);
        SecurityLog.Revoked(log, Caller.Of(context).Identity, "token:" + request.Name, ended);
        return Task.FromResult(new Wire.RevokeTokenResponse { CallsEnded = ended });
    }

    public override Task<Wire.RevokeCertificateResponse> RevokeCertificate(Wire.RevokeCertificateRequest request, ServerCallContext context)
    {
        CallScope.Of(context).Target = request.Certificate;
        var by = Caller.Of(context).Identity;
        var name = security.Revoked.Revoke(request.Certificate, request.Reason, by);

        // By fingerprint it is not known which of the calls were meant: all by certificate begin again, and those that may will.
        var ended = name.StartsWith("sha256:", StringComparison.Ordinal)
            ? security.Calls.AbortWhere(c => c.Credential.StartsWith("cert:", StringComparison.Ordinal) && c != Caller.Of(context))
            : CutOff(context, "cert:" + name);
        SecurityLog.Revoked(log, by, "certificate " + name, ended);
        return Task.FromResult(new Wire.RevokeCertificateResponse { CallsEnded = ended });
    }

    public override Task<Wire.ListRevokedCertificatesResponse> ListRevokedCertificates(Wire.ListRevokedCertificatesRequest request, ServerCallContext context)
    {
        var response = new Wire.ListRevokedCertificatesResponse();
        response.Certificates.Add(security.Revoked.List().Select(SecurityMapping.ToWire));
        return Task.FromResult(response);
    }

    // Who ends his own credential still gets the answer to this call.
    private int CutOff(ServerCallContext context, string credential) =>
        security.Calls.AbortWhere(c => c.Credential == credential && !ReferenceEquals(c, Caller.Of(context)));

    private static TimeSpan? TtlOf(Google.Protobuf.WellKnownTypes.Duration? ttl)
    {
        var wanted = ttl?.ToTimeSpan();
        return wanted is null || (wanted >= ShortestTtl && wanted <= LongestTtl)
            ? wanted
            : throw new RequestException("REQUEST_INVALID", $"A time to live of {wanted.Value.TotalSeconds:0} s was asked for; 1 minute to 10 years are allowed.");
    }
}
