using System.Text;

namespace FarmAgent.Probes.StLink;

/// <summary>Makes one form of the three in which ST-LINKs carry their serial number.</summary>
internal static class StLinkSerial
{
    private const int RawLength = 12;
    private const string FirstGeneration = "303030303030303030303031";

    /// <summary>
    /// A proper descriptor holds 24 hex digits. Old firmware puts the 12 raw bytes into the low halves of 12 code units. Copies have it
    /// empty, all question marks or a short text; what tells nothing apart becomes empty, so that the port path is used instead.
    /// </summary>
    /// <param name="raw">The string descriptor, or null when it cannot be read.</param>
    public static string Decode(string? raw)
    {
        if (string.IsNullOrEmpty(raw) || raw.All(c => c is '?' or '\0' or ' ') || string.Equals(raw, FirstGeneration, StringComparison.Ordinal))
        {
            return string.Empty;
        }

        if (raw.Length == RawLength && raw.All(c => c <= 0xFF) && !raw.All(char.IsAsciiHexDigit))
        {
            return Hex(raw);
        }

        return raw.All(c => c is > ' ' and <= '~' and not ':') ? raw.ToUpperInvariant() : Hex(raw);
    }

    private static string Hex(string raw)
    {
        var text = new StringBuilder(raw.Length * 2);
        foreach (var unit in raw)
        {
            text.Append(((byte)unit).ToString("X2"));
        }

        return text.ToString();
    }
}
