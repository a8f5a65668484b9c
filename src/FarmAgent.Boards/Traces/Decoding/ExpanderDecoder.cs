namespace FarmAgent.Boards.Traces.Decoding;

/// <summary>Names the registers of the 0xBEEF GPIO expander in transfers with it.</summary>
internal static class ExpanderDecoder
{
    /// <summary>A register's name.</summary>
    public static string NameOf(byte register) => register switch
    {
        0x00 => "MAGIC_HIGH",
        0x01 => "MAGIC_LOW",
        0x02 => "ACTIVATE",
        >= 0x03 and < 0x0B => $"PORT{register - 0x03}",
        >= 0x0B and < 0x13 => $"PIN{register - 0x0B}",
        >= 0x13 and < 0x1B => $"CONFIG{register - 0x13}",
        >= 0x1B and < 0x23 => $"VALUE{register - 0x1B}",
        >= 0x30 and < 0x38 => $"VERSION{register - 0x30}",
        _ => $"0x{register:X2}",
    };

    /// <summary>What a transfer says; null when it is none of the expander's.</summary>
    public static string? Describe(TraceEntry entry)
    {
        var sent = entry.Sent.Span;
        if (sent.IsEmpty)
        {
            return null;
        }

        var register = NameOf(sent[0]);
        return (sent.Length, entry.ReceivedLength) switch
        {
            (1, > 0) => $"{register} = {TraceText.Hex(entry.Received.Span)}",
            (1, _) => register,
            _ => $"{register} := {TraceText.Hex(sent[1..])}",
        };
    }
}
