using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FarmAgent.Api.Connections;

/// <summary>TLS to an agent. A token never leaves this host without it.</summary>
internal static class AgentTls
{
    /// <summary>
    /// Whether TLS is used: always to other hosts. On this one a port without it is what <c>--insecure-loopback</c> opens; saying how to know
    /// the agent asks for TLS there, too.
    /// </summary>
    public static bool IsUsedFor(FarmClientOptions options) => options.Address.SocketPath is null
        && (options.Tls is not null || !IsLoopback(options.Address.Host));

    /// <summary>The options for it.</summary>
    /// <exception cref="IOException">A file cannot be read, or holds no certificate.</exception>
    public static SslClientAuthenticationOptions OptionsOf(FarmClientOptions options)
    {
        var tls = options.Tls ?? new FarmTlsOptions();
        var authorities = tls.AuthorityFile is { } file ? ReadAuthorities(file) : null;
        var ssl = new SslClientAuthenticationOptions
        {
            TargetHost = options.Address.Host,
            EnabledSslProtocols = SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => Check(options.Address, tls, authorities, certificate as X509Certificate2, errors),
        };
        if (tls.CertificateFile is { } certificate)
        {
            ssl.ClientCertificates = [ReadOwn(certificate, tls.KeyFile)];
            ssl.LocalCertificateSelectionCallback = (_, _, own, _, _) => own[0];
        }

        return ssl;
    }

    /// <summary>By what an agent's certificate is pinned.</summary>
    public static string PinOf(X509Certificate2 certificate) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    private static bool Check(
        AgentAddress address, FarmTlsOptions tls, X509Certificate2Collection? authorities, X509Certificate2? certificate, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            throw new AgentUnreachableException(address, $"{address} showed no certificate. Is it a farm-agent?");
        }

        var pin = PinOf(certificate);
        if (tls.Pin is { } wanted)
        {
            return string.Equals(wanted, pin, StringComparison.OrdinalIgnoreCase) ? true : throw new AgentUnreachableException(
                address,
                $"{address} is not the agent that was meant: its key is {pin}, and {wanted} was expected. Was it set up anew? Then take its new pin from farm-agent init; else somebody is in between.");
        }

        var isTrusted = authorities is null ? errors == SslPolicyErrors.None : !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && IsSignedBy(authorities, certificate);
        return isTrusted ? true : throw new AgentUnreachableException(
            address,
            $"The certificate of {address} is not trusted ({errors}; its key is {pin}). Compare that with what farm-agent init printed there, and give it as --pin; or name the authority with --ca.");
    }

    private static bool IsSignedBy(X509Certificate2Collection authorities, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? authorities : throw new IOException($"{file} holds no certificate. Name the PEM file of the agent's authority.");
        }
        catch (CryptographicException e)
        {
            throw new IOException($"{file} is no PEM file of certificates: {e.Message}", e);
        }
    }

    private static X509Certificate2 ReadOwn(string file, string? key)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(file, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new IOException($"The client certificate {file} cannot be used with its key: {e.Message}", e);
        }
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
