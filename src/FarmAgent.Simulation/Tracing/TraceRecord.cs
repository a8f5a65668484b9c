using System.Globalization;
using System.Text;

namespace FarmAgent.Simulation.Tracing;

/// <summary>What a record of a trace is about.</summary>
public enum TraceChannel
{
    /// <summary>A bulk transfer of the probe.</summary>
    Usb,

    /// <summary>A whole transfer of an I2C adapter.</summary>
    I2c,

    /// <summary>A new level of a net.</summary>
    Net,

    /// <summary>A frame on a serial line.</summary>
    Serial,
}

/// <summary>One thing that happened on a bench.</summary>
/// <param name="At">Bench time in picoseconds at which it was over.</param>
/// <param name="Channel">What it is about.</param>
/// <param name="Source">Endpoint, adapter, net or serial line.</param>
/// <param name="Sent">Bytes from the host; empty where there are none.</param>
/// <param name="Received">Bytes to the host; empty where there are none.</param>
/// <param name="Outcome">How it ended, or the level of a net.</param>
public sealed record TraceRecord(long At, TraceChannel Channel, string Source, ReadOnlyMemory<byte> Sent, ReadOnlyMemory<byte> Received, string Outcome)
{
    private const long Second = 1_000_000_000_000;

    /// <summary>What it costs to keep, in bytes.</summary>
    internal int Size => 96 + Sent.Length + Received.Length;

    /// <summary>One line: <c>0.012345678901 i2c i2c0 &gt;0800 &lt;beef OK</c>.</summary>
    public override string ToString()
    {
        var line = new StringBuilder(64 + (2 * (Sent.Length + Received.Length)));
        line.Append(CultureInfo.InvariantCulture, $"{At / Second}.{At % Second:D12} ").Append(Channel switch
        {
            TraceChannel.Usb => "usb",
            TraceChannel.I2c => "i2c",
            TraceChannel.Net => "net",
            _ => "serial",
        });
        line.Append(' ').Append(Source);
        Append(line, " >", Sent.Span);
        Append(line, " <", Received.Span);
        return line.Append(' ').Append(Outcome).ToString();
    }

    private static void Append(StringBuilder line, string mark, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            line.Append(mark).Append(Convert.ToHexStringLower(bytes));
        }
    }
}
