using System.Text;

namespace FarmAgent.Probes.Gdb;

/// <summary>A packet of the GDB remote serial protocol as bytes: <c>$</c>, the escaped payload, <c>#</c>, the checksum (gdb manual, "Overview" of the protocol).</summary>
public static class GdbFrame
{
    internal const byte Start = (byte)'$';
    internal const byte End = (byte)'#';
    internal const byte Escape = (byte)'}';
    internal const byte Repeat = (byte)'*';
    internal const byte EscapeMask = 0x20;

    /// <summary>Frames a payload.</summary>
    /// <param name="payload">Any bytes.</param>
    public static byte[] Encode(ReadOnlySpan<byte> payload)
    {
        var frame = new List<byte>(payload.Length + 4) { Start };
        byte sum = 0;
        foreach (var value in payload)
        {
            if (value is Start or End or Escape or Repeat)
            {
                Add(Escape);
                Add((byte)(value ^ EscapeMask));
            }
            else
            {
                Add(value);
            }
        }

        frame.Add(End);
        frame.AddRange(Encoding.ASCII.GetBytes(sum.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        return [.. frame];

        void Add(byte value)
        {
            frame.Add(value);
            sum += value;
        }
    }

    /// <summary>Frames an error with its text, as gdb 9 and later understand it wherever a packet may fail.</summary>
    /// <param name="reason">Stable name in capitals.</param>
    /// <param name="message">What happened; what is not ASCII is replaced.</param>
    public static byte[] EncodeError(string reason, string message) => Encode(Encoding.ASCII.GetBytes(ErrorText(reason, message)));

    // Of an error to a breakpoint gdb shows what follows the last full stop: there must be none but the first.
    internal static string ErrorText(string reason, string message) =>
        $"E.{reason}: {message.TrimEnd('.').Replace(". ", "; ", StringComparison.Ordinal)}";
}
