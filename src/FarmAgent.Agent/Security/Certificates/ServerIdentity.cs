using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FarmAgent.Agent.Security.Certificates;

/// <summary>
/// The agent's own certificate and the authorities of its clients, as they are in their files now. A connection uses what was read last; changed
/// files are read at the next look or on SIGHUP, and files that do not fit leave what was there. Thread-safe.
/// </summary>
internal sealed class ServerIdentity : IDisposable
{
    private readonly TlsSettings _settings;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private volatile Read _now;
    private string _stamp;

    /// <summary>Reads the files.</summary>
    /// <exception cref="AgentException">They are missing or do not fit (<c>TLS_NOT_SET_UP</c>).</exception>
    public ServerIdentity(TlsSettings settings, ILogger log)
    {
        (_settings, _log) = (settings, log);
        _stamp = StampOf();
        _now = ReadFiles();
    }

    /// <summary>True when client certificates are known here at all.</summary>
    public bool KnowsClients => _now.Clients is not null;

    /// <summary>What a new connection is greeted with.</summary>
    public SslServerAuthenticationOptions OptionsOf()
    {
        var read = _now;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = read.Context,
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            AllowRenegotiation = false,
            AllowTlsResume = false,

            // One without a certificate may show a token, and is nobody until then; one with a wrong certificate gets no further.
            ClientCertificateRequired = read.Clients is not null,
            RemoteCertificateValidationCallback = (_, certificate, chain, _) => certificate is null
                || (read.Clients is { } clients && clients.Accepts((X509Certificate2)certificate, chain?.ChainPolicy.ExtraStore)),
        };
    }

    /// <summary>Reads the files again if they changed.</summary>
    /// <returns>True when new ones are in force.</returns>
    public bool Refresh()
    {
        lock (_lock)
        {
            var stamp = StampOf();
            if (stamp == _stamp)
            {
                return false;
            }

            _stamp = stamp;
            try
            {
                // The old ones are left to the collector: handshakes may be under way with them.
                _now = ReadFiles();
                var until = _now.Certificate.NotAfter.ToUniversalTime();
                SecurityLog.CertificateRead(_log, _settings.Certificate, until);
                return true;
            }
            catch (AgentException e)
            {
                SecurityLog.CertificateKept(_log, e.Message);
                return false;
            }
        }
    }

    public void Dispose() => _now.Certificate.Dispose();

    private Read ReadFiles()
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(_settings.Certificate, _settings.Key);
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(_settings.Certificate);
            var others = new X509Certificate2Collection();
            others.AddRange(all.Where(c => c.Thumbprint != certificate.Thumbprint).ToArray());
            var clients = _settings.ClientAuthority is { } file ? ClientCertificates.Read(file) : null;
            return new Read(certificate, SslStreamCertificateContext.Create(certificate, others, offline: true), clients);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new AgentException(
                "TLS_NOT_SET_UP",
                $"The certificate {_settings.Certificate} with the key {_settings.Key} cannot be used: {e.Message} farm-agent init makes both; or name others below tls: in agent.yaml.",
                e);
        }
    }

    private string StampOf() => string.Join('|', new[] { _settings.Certificate, _settings.Key, _settings.ClientAuthority }
        .Select(f => f is not null && File.Exists(f) ? $"{File.GetLastWriteTimeUtc(f).Ticks}:{new FileInfo(f).Length}" : "-"));

    private sealed record Read(X509Certificate2 Certificate, SslStreamCertificateContext Context, ClientCertificates? Clients);
}
