using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using FarmAgent.Agent.Security.Setup;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Security.Certificates;

/// <summary>A certificate that is good for nothing here any more.</summary>
/// <param name="Certificate">Its serial number, or "sha256:" and its fingerprint; lower-case hex digits.</param>
/// <param name="Reason">Why.</param>
/// <param name="Time">When it was revoked.</param>
/// <param name="RevokedBy">Who did it.</param>
internal sealed record RevokedCertificate(string Certificate, string Reason, DateTimeOffset Time, string RevokedBy);

/// <summary>The file of revoked certificates.</summary>
/// <param name="Certificates">All of them.</param>
internal sealed record RevokedFile(IReadOnlyList<RevokedCertificate> Certificates);

/// <summary>How the file is written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RevokedFile))]
internal sealed partial class RevokedJson : JsonSerializerContext;

/// <summary>Client certificates that were revoked here, whoever signed them. Thread-safe.</summary>
internal sealed class RevokedCertificates
{
    private const string FingerprintMark = "sha256:";
    private const int LongestReason = 200;
    private const int LongestSerial = 40;

    private readonly Lock _lock = new();
    private readonly string _file;
    private readonly TimeProvider _time;
    private volatile IReadOnlyList<RevokedCertificate> _list;

    /// <summary>Reads the file.</summary>
    /// <exception cref="AgentException">It is damaged: nobody comes in by certificate until it is mended (<c>REVOCATIONS_UNREADABLE</c>).</exception>
    public RevokedCertificates(string file, TimeProvider time)
    {
        (_file, _time) = (file, time);
        try
        {
            _list = File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), RevokedJson.Default.RevokedFile)?.Certificates ?? [] : [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new AgentException(
                "REVOCATIONS_UNREADABLE", $"The revoked certificates in {file} cannot be read: {e.Message} Put the file back from a copy; without it revoked ones would be let in.", e);
        }
    }

    /// <summary>All, oldest first.</summary>
    public IReadOnlyList<RevokedCertificate> List() => _list;

    /// <summary>Whether a certificate was revoked.</summary>
    public bool Contains(X509Certificate2 certificate)
    {
        var list = _list;
        if (list.Count == 0)
        {
            return false;
        }

        var (serial, print) = (SerialOf(certificate), FingerprintMark + Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)));
        return list.Any(r => r.Certificate == serial || r.Certificate == print);
    }

    /// <summary>The serial number as it is kept: lower case, without leading zeros.</summary>
    public static string SerialOf(X509Certificate2 certificate) => Normal(certificate.SerialNumber);

    /// <summary>Revokes a certificate; one that was revoked before stays so.</summary>
    /// <returns>The name it is kept by.</returns>
    /// <exception cref="RequestException">Neither a serial number nor a fingerprint (<c>CERTIFICATE_NAME_INVALID</c>).</exception>
    public string Revoke(string certificate, string reason, string by)
    {
        var isPrint = certificate.StartsWith(FingerprintMark, StringComparison.OrdinalIgnoreCase);
        var digits = (isPrint ? certificate[FingerprintMark.Length..] : certificate).Replace(":", "", StringComparison.Ordinal);
        if (digits.Length == 0 || !digits.All(char.IsAsciiHexDigit) || (isPrint ? digits.Length != 64 : digits.Length > LongestSerial) || reason.Length > LongestReason)
        {
            throw new RequestException(
                "CERTIFICATE_NAME_INVALID",
                "A certificate is named by its serial number in hex digits, or by sha256: and its fingerprint; the reason has at most 200 characters. openssl x509 -noout -serial -in FILE shows the serial.");
        }

        var name = isPrint ? FingerprintMark + digits.ToLowerInvariant() : Normal(digits);
        lock (_lock)
        {
            if (!_list.Any(r => r.Certificate == name))
            {
                IReadOnlyList<RevokedCertificate> changed = [.. _list, new RevokedCertificate(name, reason, _time.GetUtcNow(), by)];
                PrivateFile.Write(_file, JsonSerializer.SerializeToUtf8Bytes(new RevokedFile(changed), RevokedJson.Default.RevokedFile), replace: true);
                _list = changed;
            }
        }

        return name;
    }

    private static string Normal(string digits) => digits.ToLowerInvariant().TrimStart('0') is { Length: > 0 } some ? some : "0";
}
