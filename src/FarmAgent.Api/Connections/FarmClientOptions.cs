namespace FarmAgent.Api.Connections;

/// <summary>How to reach an agent and as whom.</summary>
public sealed record FarmClientOptions
{
    /// <summary>Where the agent listens.</summary>
    public AgentAddress Address { get; init; } = AgentAddress.Default;

    /// <summary>How to know the agent, and be known to it, over the network; null for the default: by the system's authorities.</summary>
    public FarmTlsOptions? Tls { get; init; }

    /// <summary>Bearer token; null to be known by a certificate, or by the socket's peer credentials.</summary>
    public string? Token { get; init; }

    /// <summary>Limit for opening a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Reads <c>FARM_AGENT</c>, <c>FARM_TOKEN_FILE</c>, <c>FARM_CA_FILE</c>, <c>FARM_PIN</c>, <c>FARM_CERT_FILE</c> and <c>FARM_KEY_FILE</c>.
    /// </summary>
    /// <param name="address">Address that outranks <c>FARM_AGENT</c>; null or empty for none.</param>
    /// <exception cref="FormatException">The address is neither <c>unix:PATH</c> nor <c>HOST:PORT</c>.</exception>
    /// <exception cref="IOException">The token file cannot be read.</exception>
    public static FarmClientOptions FromEnvironment(string? address = null)
    {
        var text = string.IsNullOrEmpty(address) ? Environment.GetEnvironmentVariable("FARM_AGENT") : address;
        var parsed = AgentAddress.Default;
        if (!string.IsNullOrEmpty(text) && !AgentAddress.TryParse(text, out parsed))
        {
            throw new FormatException($"'{text}' is no address of an agent. Write unix:PATH or HOST:PORT.");
        }

        var tokenFile = Environment.GetEnvironmentVariable("FARM_TOKEN_FILE");
        var token = string.IsNullOrEmpty(tokenFile) ? null : File.ReadAllText(tokenFile).Trim();
        return new FarmClientOptions { Address = parsed!, Token = string.IsNullOrEmpty(token) ? null : token, Tls = FarmTlsOptions.FromEnvironment() };
    }
}
