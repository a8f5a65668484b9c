using FarmAgent.Api.Connections;

namespace FarmAgent.Cli.Contexts;

/// <summary>An agent by a short name: where it is, how it is known, and as whom.</summary>
/// <param name="Name">The short name.</param>
/// <param name="Agent">Its address.</param>
internal sealed record AgentContext(string Name, string Agent)
{
    /// <summary>PEM file of the authorities that vouch for it.</summary>
    public string? Authority { get; init; }

    /// <summary>Digest of its public key.</summary>
    public string? Pin { get; init; }

    /// <summary>PEM file of the client's certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its key.</summary>
    public string? Key { get; init; }

    /// <summary>File of the token.</summary>
    public string? TokenFile { get; init; }

    /// <summary>How a client is made of it; null without anything to know the agent by.</summary>
    public FarmTlsOptions? Tls => Authority is null && Pin is null && Certificate is null
        ? null
        : new FarmTlsOptions { AuthorityFile = Authority, Pin = Pin, CertificateFile = Certificate, KeyFile = Key };
}
