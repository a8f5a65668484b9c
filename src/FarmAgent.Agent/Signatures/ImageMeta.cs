using System.Text;
using FarmAgent.Flashing.Images;

namespace FarmAgent.Agent.Signatures;

/// <summary>What a meta-information file says of an image.</summary>
/// <param name="Sha256">Digest of the image's file, 64 hex digits.</param>
/// <param name="Version">Its version.</param>
/// <param name="Commit">The commit that it was built from.</param>
internal sealed record ImageMeta(string Sha256, string Version, string Commit)
{
    /// <summary>Longest file in bytes.</summary>
    public const int LargestBytes = 16 * 1024;

    private const int LongestValue = 200;

    // Texts of the file go into receipts, logs and terminals.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file whose signature is right.</summary>
    /// <exception cref="ImageException">It is none (<c>SIGNATURE_INVALID</c>).</exception>
    public static ImageMeta Read(ReadOnlySpan<byte> file)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Decode(file).Split('\n'))
        {
            var text = line.TrimEnd('\r');
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var (key, value) = colon > 0 ? (text[..colon].Trim(), text[(colon + 1)..].Trim()) : throw Invalid("a line is no 'key: value'");
            if (value.Length > LongestValue || value.Any(char.IsControl) || !values.TryAdd(key, value))
            {
                throw Invalid("a key is there twice, or a value is longer than 200 characters or holds control characters");
            }
        }

        if (Get("farm-image") != "1")
        {
            throw Invalid("it is of a later format; update the agent");
        }

        return new ImageMeta(Get("sha256").ToLowerInvariant(), Get("version"), Get("commit"));

        string Get(string key) => values.TryGetValue(key, out var value) && value.Length > 0 ? value : throw Invalid($"it has no '{key}'");
    }

    private static string Decode(ReadOnlySpan<byte> file)
    {
        try
        {
            return Strict.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            throw Invalid("it is no UTF-8 text");
        }
    }

    private static ImageException Invalid(string what) => new(
        "SIGNATURE_INVALID", $"The meta-information file is signed, but {what}. Nothing was written. Make it again: farmctl image sign.");
}
