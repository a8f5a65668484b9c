using System.Security.Cryptography;

namespace FarmAgent.Agent.Signatures;

/// <summary>A public key by which images are released: ECDSA or RSA, read from PEM.</summary>
internal sealed class ReleaseKey : IDisposable
{
    private const int LeastRsaBits = 2_048;

    private readonly AsymmetricAlgorithm _key;

    private ReleaseKey(string name, AsymmetricAlgorithm key)
    {
        (Name, _key) = (name, key);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>File name.</summary>
    public string Name { get; }

    /// <summary>Digest of the key.</summary>
    public string Sha256 { get; }

    /// <summary>Reads a key.</summary>
    /// <exception cref="AgentException">The file holds none that can be used (<c>CONFIG_INVALID</c>).</exception>
    public static ReleaseKey Read(string file)
    {
        try
        {
            var pem = File.ReadAllText(file);
            return new ReleaseKey(Path.GetFileName(file), (AsymmetricAlgorithm?)ReadEcdsa(pem) ?? ReadRsa(pem) ?? throw new CryptographicException("it is neither an ECDSA nor an RSA public key"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new AgentException(
                "CONFIG_INVALID", $"require_signature: the key {file} cannot be used: {e.Message}. Write a PEM public key, ECDSA (P-256 or larger) or RSA (2048 bits or more); Ed25519 is not known.", e);
        }
    }

    /// <summary>Whether the key made a signature over data.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            return _key switch
            {
                ECDsa ecdsa => ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
                RSA rsa => rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                    || rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // Not even the shape of a signature.
            return false;
        }
    }

    public void Dispose() => _key.Dispose();

    private static ECDsa? ReadEcdsa(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }

    private static RSA? ReadRsa(string pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.KeySize >= LeastRsaBits ? key : throw new CryptographicException("too short");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }
}
