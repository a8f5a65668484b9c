namespace FarmAgent.Agent.Security.Setup;

/// <summary>What <c>farm-agent init</c> is asked for.</summary>
internal sealed record InitOptions
{
    /// <summary>Path of <c>agent.yaml</c>; null for the default.</summary>
    public string? Config { get; init; }

    /// <summary>State directory; null for what the configuration says.</summary>
    public string? State { get; init; }

    /// <summary>Names and addresses by which clients reach this host, besides its own name.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>True also writes a request for a certificate.</summary>
    public bool SigningRequest { get; init; }

    /// <summary>Name of a client to make a certificate for; null for none.</summary>
    public string? Client { get; init; }

    /// <summary>How long certificates are good, in days.</summary>
    public int Days { get; init; } = 3_650;

    /// <summary>File that holds a one-time token somebody else made; null for none.</summary>
    public string? AdminTokenFile { get; init; }

    /// <summary>True replaces what is there.</summary>
    public bool Force { get; init; }

    /// <summary>True removes the agent's identity, before its card is copied.</summary>
    public bool Forget { get; init; }
}
