using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FarmAgent.Agent.Security.Setup;

/// <summary>Makes keys (ECDSA on P-256) and certificates.</summary>
/// <param name="now">The time.</param>
/// <param name="days">How long certificates are good.</param>
internal sealed class CertificateMaker(DateTimeOffset now, int days)
{
    // RFC 5280 4.2.1.12.
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 16;

    // Clocks of boards without a battery lag behind those of their clients.
    private DateTimeOffset Start => now.AddDays(-1);

    private DateTimeOffset End => now.AddDays(days);

    /// <summary>A new key.</summary>
    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A key as PEM (PKCS #8).</summary>
    public static byte[] PemOf(ECDsa key) => Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");

    /// <summary>A certificate as PEM.</summary>
    public static byte[] PemOf(X509Certificate2 certificate) => Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n");

    /// <summary>By what clients can pin a server: SHA-256 of its public key, which stays when the certificate is renewed with the same key.</summary>
    public static string PinOf(X509Certificate2 certificate) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>The server's request for a certificate: for a self-signed one, or to be signed by the farm's authority.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="names">Names and addresses, the first is the common name.</param>
    public static CertificateRequest ServerRequest(ECDsa key, IReadOnlyList<string> names)
    {
        var request = new CertificateRequest(NameOf(names[0]), key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        return request;
    }

    /// <summary>A certificate that its own key signed.</summary>
    public X509Certificate2 SelfSigned(CertificateRequest request) => request.CreateSelfSigned(Start, End);

    /// <summary>An authority for client certificates.</summary>
    public X509Certificate2 Authority(ECDsa key, string host)
    {
        var request = new CertificateRequest(NameOf($"FarmAgent clients of {host}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(Start, End);
    }

    /// <summary>A client's certificate.</summary>
    /// <param name="key">The client's key.</param>
    /// <param name="name">His name.</param>
    /// <param name="authority">Who signs, with his key.</param>
    public X509Certificate2 Client(ECDsa key, string name, X509Certificate2 authority)
    {
        var request = new CertificateRequest(NameOf(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], critical: false));
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] &= 0x7F;
        var end = End.UtcDateTime < authority.NotAfter.ToUniversalTime() ? End : new DateTimeOffset(authority.NotAfter.ToUniversalTime());
        return request.Create(authority, Start, end, serial);
    }

    private static X500DistinguishedName NameOf(string common)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(common.Length > 64 ? common[..64] : common);
        return name.Build();
    }
}
