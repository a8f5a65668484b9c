using System.Text;

namespace FarmAgent.Robot.Values;

/// <summary>UTF-8 with Python's idea of where a mistake is and what it is called.</summary>
internal static class Utf8Decoding
{
    public static string Decode(ReadOnlySpan<byte> bytes, string errors)
    {
        var output = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length;)
        {
            var (length, reason) = Inspect(bytes, i);
            if (reason is null)
            {
                output.Append(Encoding.UTF8.GetString(bytes.Slice(i, length)));
            }
            else
            {
                output.Append(errors switch
                {
                    "ignore" => string.Empty,
                    "replace" => "\ufffd",
                    "backslashreplace" => string.Concat(bytes.Slice(i, length).ToArray().Select(value => $"\\x{value:x2}")),
                    _ => throw PyCodecs.DecodeError("utf-8", bytes, i, i + length, reason),
                });
            }

            i += length;
        }

        return output.ToString();
    }

    /// <summary>The length of the character or of the mistake at a position.</summary>
    private static (int Length, string? Reason) Inspect(ReadOnlySpan<byte> bytes, int start)
    {
        var first = bytes[start];
        var (needed, low, high) = first switch
        {
            < 0x80 => (0, 0, 0),
            >= 0xc2 and <= 0xdf => (1, 0x80, 0xbf),
            0xe0 => (2, 0xa0, 0xbf),
            0xed => (2, 0x80, 0x9f),
            >= 0xe1 and <= 0xef => (2, 0x80, 0xbf),
            0xf0 => (3, 0x90, 0xbf),
            0xf4 => (3, 0x80, 0x8f),
            >= 0xf1 and <= 0xf3 => (3, 0x80, 0xbf),
            _ => (-1, 0, 0),
        };
        if (needed < 0)
        {
            return (1, "invalid start byte");
        }

        for (var i = 1; i <= needed; i++)
        {
            if (start + i >= bytes.Length)
            {
                return (i, "unexpected end of data");
            }

            var value = bytes[start + i];
            if (value < (i == 1 ? low : 0x80) || value > (i == 1 ? high : 0xbf))
            {
                return (i, "invalid continuation byte");
            }
        }

        return (needed + 1, null);
    }
}
