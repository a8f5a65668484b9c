using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FarmAgent.Agent.Security.Certificates;

/// <summary>Client certificates: which are let in, and whom they name.</summary>
/// <param name="authorities">Certificates of the authorities that may sign them.</param>
internal sealed class ClientCertificates(X509Certificate2Collection authorities)
{
    // RFC 5280 4.2.1.12: id-kp-clientAuth.
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int LongestName = 100;

    /// <summary>Reads the file of authorities.</summary>
    /// <exception cref="AgentException">It holds none (<c>TLS_NOT_SET_UP</c>).</exception>
    public static ClientCertificates Read(string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0
                ? new ClientCertificates(authorities)
                : throw new AgentException("TLS_NOT_SET_UP", $"{file} holds no certificate. Write the PEM file of the authority that signs client certificates.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AgentException("TLS_NOT_SET_UP", $"The client authorities in {file} cannot be read: {e.Message} Write a PEM file there, or leave tls.client_ca out.", e);
        }
    }

    /// <summary>Whether one of the authorities signed it for this use, and it is in its time.</summary>
    /// <param name="certificate">What the client showed.</param>
    /// <param name="others">What it sent along, to close the chain.</param>
    public bool Accepts(X509Certificate2 certificate, X509Certificate2Collection? others)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (others is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(others);
        }

        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));

        // The agent keeps its own list of revoked ones and asks no server on the network.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    /// <summary>The name that a certificate gives its holder: the common name, else the first mail address or host name of its alternative names.</summary>
    /// <returns>Null when there is none that can be written into a log.</returns>
    public static string? NameOf(X509Certificate2 certificate)
    {
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        if (name.Length == 0)
        {
            name = certificate.GetNameInfo(X509NameType.EmailName, forIssuer: false) is { Length: > 0 } mail
                ? mail
                : certificate.GetNameInfo(X509NameType.DnsFromAlternativeName, forIssuer: false);
        }

        return name.Length is > 0 and <= LongestName && !name.Any(char.IsControl) ? name : null;
    }
}
