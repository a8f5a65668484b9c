using System.Globalization;

namespace FarmAgent.Cli;

/// <summary>Numbers as people type them: <c>0x08000000</c>, <c>8</c>, and bytes as <c>0xBE 0xEF</c> or <c>beef</c>.</summary>
internal static class NumberText
{
    /// <summary>Reads a number that must not be larger than <paramref name="limit"/>.</summary>
    /// <exception cref="UsageException">Not a number or too large (<c>BAD_NUMBER</c>).</exception>
    public static uint Parse(string text, string what, uint limit = uint.MaxValue)
    {
        var trimmed = text.AsSpan().Trim();
        var isHex = trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (ulong.TryParse(isHex ? trimmed[2..] : trimmed, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value <= limit)
        {
            return (uint)value;
        }

        throw new UsageException("BAD_NUMBER", $"{what} '{text}' is not a number from 0 to 0x{limit:X}. Write hex as 0x1F or decimal as 31.");
    }

    /// <summary>Reads bytes, each a number of its own.</summary>
    public static byte[] ParseBytes(IReadOnlyList<string> texts) => [.. texts.Select(text => (byte)Parse(text, "byte", 0xFF))];
}
