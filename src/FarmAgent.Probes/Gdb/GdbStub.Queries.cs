using System.Text;

namespace FarmAgent.Probes.Gdb;

/// <content>Questions about the stub and the target.</content>
public sealed partial class GdbStub
{
    private const int PieceBytes = 4096;

    private string Query(string text) => text switch
    {
        "qC" => "QC1",
        "qAttached" => "1",
        "qfThreadInfo" => _killed ? "l" : "m1",
        "qsThreadInfo" => "l",
        _ when text.StartsWith("qAttached:", StringComparison.Ordinal) => "1",
        _ when text.StartsWith("qSupported", StringComparison.Ordinal) => Introduce(text),
        _ when text.StartsWith("qThreadExtraInfo,", StringComparison.Ordinal) => GdbHex.OfText(_session.Identity.CoreName),
        _ when text.StartsWith("qXfer:features:read:target.xml:", StringComparison.Ordinal) =>
            Transfer(GdbRegister.Describe(), text["qXfer:features:read:target.xml:".Length..]),
        _ when text.StartsWith("qXfer:memory-map:read::", StringComparison.Ordinal) =>
            Transfer(GdbMemoryRegion.Describe(_target.AllRegions), text["qXfer:memory-map:read::".Length..]),
        _ when text.StartsWith("qXfer:features:read:", StringComparison.Ordinal) => "E00",
        _ when text.StartsWith("qCRC:", StringComparison.Ordinal) => Checksum(text.AsSpan("qCRC:".Length)),
        _ when text.StartsWith("qRcmd,", StringComparison.Ordinal) => Monitor(text.AsSpan("qRcmd,".Length)),
        _ => string.Empty,
    };

    private string ChangeSetting(string text)
    {
        if (text != "QStartNoAckMode")
        {
            return string.Empty;
        }

        _quiets = true;
        return "OK";
    }

    private string Introduce(string text)
    {
        _tellsBreakpoints = text.Contains("hwbreak+", StringComparison.Ordinal);
        var features = new StringBuilder($"PacketSize={PacketSize:x};QStartNoAckMode+;qXfer:features:read+;qXfer:memory-map:read+;vContSupported+");
        foreach (var feature in (ReadOnlySpan<string>)["hwbreak+", "swbreak+", "error-message+"])
        {
            if (text.Contains(feature, StringComparison.Ordinal))
            {
                features.Append(';').Append(feature);
            }
        }

        return features.ToString();
    }

    private static string Transfer(string document, string place)
    {
        if (!GdbHex.TryParseRange(place, out var offset, out var length))
        {
            return "E01";
        }

        if (offset >= document.Length)
        {
            return "l";
        }

        var count = (int)Math.Min(Math.Min(length, (uint)document.Length - offset), PacketSize / 2);
        var isLast = offset + count == document.Length;
        return string.Concat(isLast ? "l" : "m", document.AsSpan((int)offset, count));
    }

    /// <summary>The CRC by which gdb compares memory with a file: polynomial 0x04C11DB7, most significant bit first, start FFFFFFFF (gdb manual, packet qCRC).</summary>
    private string Checksum(ReadOnlySpan<char> place)
    {
        if (!GdbHex.TryParseRange(place, out var address, out var length))
        {
            return "E01";
        }

        var crc = uint.MaxValue;
        Span<byte> piece = stackalloc byte[PieceBytes];
        for (var done = 0u; done < length; done += PieceBytes)
        {
            _host.CheckRight();
            var bytes = piece[..(int)Math.Min(PieceBytes, length - done)];
            _session.Memory.Read(address + done, bytes);
            _execution.Breakpoints.Hide(address + done, bytes);
            foreach (var value in bytes)
            {
                crc ^= (uint)value << 24;
                for (var bit = 0; bit < 8; bit++)
                {
                    crc = (crc << 1) ^ ((crc & 0x8000_0000) != 0 ? 0x04C1_1DB7u : 0);
                }
            }
        }

        return $"C{crc:x8}";
    }
}
