using System.Text;

namespace FarmAgent.Boards.Traces.Decoding;

/// <summary>Bytes and entries as text.</summary>
internal static class TraceText
{
    private const int HexLimit = 32;

    /// <summary>Bytes as hex, the first of them where there are many.</summary>
    public static string Hex(ReadOnlySpan<byte> data) =>
        data.Length <= HexLimit ? Convert.ToHexStringLower(data) : $"{Convert.ToHexStringLower(data[..HexLimit])}…";

    /// <summary>Console bytes as a quoted text.</summary>
    public static string Quote(ReadOnlySpan<byte> data, int length)
    {
        var text = new StringBuilder("\"");
        foreach (var value in data)
        {
            text.Append(value switch
            {
                (byte)'\n' => "\\n",
                (byte)'\r' => "\\r",
                (byte)'\t' => "\\t",
                (byte)'"' => "\\\"",
                (byte)'\\' => "\\\\",
                >= 0x20 and < 0x7F => ((char)value).ToString(),
                _ => $"\\x{value:x2}",
            });
        }

        return text.Append(length > data.Length ? "…\"" : "\"").ToString();
    }
}
