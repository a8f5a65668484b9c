namespace FarmAgent.Api.Connections;

/// <summary>How an agent on the network is known, and how its client is.</summary>
public sealed record FarmTlsOptions
{
    /// <summary>PEM file of the authorities that may vouch for the agent, or of its own certificate; null for the system's authorities, or a pin.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>"sha256:" and the digest of the agent's public key in hex digits, as <c>farm-agent init</c> prints it; null for none. With it no authority is asked.</summary>
    public string? Pin { get; init; }

    /// <summary>PEM file of the client's certificate; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of its key; null when it is in the same file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Reads <c>FARM_CA_FILE</c>, <c>FARM_PIN</c>, <c>FARM_CERT_FILE</c> and <c>FARM_KEY_FILE</c>.</summary>
    /// <returns>Null when none is set.</returns>
    public static FarmTlsOptions? FromEnvironment()
    {
        var options = new FarmTlsOptions
        {
            AuthorityFile = Read("FARM_CA_FILE"),
            Pin = Read("FARM_PIN"),
            CertificateFile = Read("FARM_CERT_FILE"),
            KeyFile = Read("FARM_KEY_FILE"),
        };
        return options == new FarmTlsOptions() ? null : options;
    }

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
