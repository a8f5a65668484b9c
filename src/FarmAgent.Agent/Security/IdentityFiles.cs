using FarmAgent.Agent.Configuration;

namespace FarmAgent.Agent.Security;

/// <summary>Where keys, certificates and tokens of an agent are: a folder below its state that only its user enters.</summary>
/// <param name="stateDirectory">The state directory.</param>
internal sealed class IdentityFiles(string stateDirectory)
{
    /// <summary>The folder.</summary>
    public string Folder => Path.Combine(stateDirectory, "identity");

    /// <summary>Key of the server's certificate.</summary>
    public string ServerKey => Path.Combine(Folder, "tls.key");

    /// <summary>The server's certificate.</summary>
    public string ServerCertificate => Path.Combine(Folder, "tls.pem");

    /// <summary>Request for a certificate, for the farm's authority to sign.</summary>
    public string SigningRequest => Path.Combine(Folder, "tls.csr");

    /// <summary>Key of the local authority of client certificates.</summary>
    public string AuthorityKey => Path.Combine(Folder, "client-ca.key");

    /// <summary>Certificate of that authority.</summary>
    public string Authority => Path.Combine(Folder, "client-ca.pem");

    /// <summary>Client certificates made here.</summary>
    public string Clients => Path.Combine(Folder, "clients");

    /// <summary>Digests of tokens.</summary>
    public string Tokens => Path.Combine(Folder, "tokens.json");

    /// <summary>Revoked certificates.</summary>
    public string Revoked => Path.Combine(Folder, "revoked.json");

    /// <summary>The one-time token that nobody has used yet.</summary>
    public string OneTimeToken => Path.Combine(Folder, "admin-token");

    /// <summary>The listener for the network; null when there is none.</summary>
    /// <exception cref="AgentException">The address is none (<c>CONFIG_INVALID</c>).</exception>
    public TlsSettings? ListenerOf(TlsFileSettings settings)
    {
        if (settings.Listen is null)
        {
            return null;
        }

        if (!ListenAddress.TryParse(settings.Listen, out var host, out var port))
        {
            throw new AgentException("CONFIG_INVALID", $"'{settings.Listen}' is no address to listen on. Write an address of this host and a port, for example 0.0.0.0:7443.");
        }

        var authority = settings.ClientAuthority ?? (File.Exists(Authority) ? Authority : null);
        return new TlsSettings(host, port, settings.Certificate ?? ServerCertificate, settings.Key ?? ServerKey, authority);
    }
}
