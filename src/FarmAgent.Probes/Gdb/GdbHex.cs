using System.Globalization;
using System.Text;

namespace FarmAgent.Probes.Gdb;

/// <summary>Numbers and bytes as the protocol writes them: hex without a prefix, lengths and addresses from the top, memory in its own order.</summary>
internal static class GdbHex
{
    /// <summary>Bytes as hex in their order.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>Text as hex of its ASCII bytes.</summary>
    public static string OfText(string text) => Of(Encoding.ASCII.GetBytes(text));

    /// <summary>Reads a number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out uint value) =>
        uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads <c>ADDRESS,LENGTH</c>.</summary>
    public static bool TryParseRange(ReadOnlySpan<char> text, out uint address, out uint length)
    {
        length = address = 0;
        var comma = text.IndexOf(',');
        return comma > 0 && TryParse(text[..comma], out address) && TryParse(text[(comma + 1)..], out length);
    }

    /// <summary>Reads bytes.</summary>
    public static bool TryParseBytes(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 2];
        return text.Length % 2 == 0
            && Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == bytes.Length;
    }
}
