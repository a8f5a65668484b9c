using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FarmAgent.Agent.Audits;

/// <summary>
/// Lines of the audit: <c>{"hash":"…","prev":"…","seq":1,…}</c>. The hash is SHA-256 over the bytes that follow it in the line, so that a verifier
/// needs no idea of JSON's freedoms; "prev" is the hash of the line before, which chains them.
/// </summary>
internal static class AuditLine
{
    /// <summary>Hex digits of a hash.</summary>
    public const int HashDigits = 64;

    /// <summary>"prev" of a line that nothing stands before.</summary>
    public static string NoHash { get; } = new('0', HashDigits);

    private static readonly byte[] Opening = "{\"hash\":\""u8.ToArray();
    private static readonly byte[] Closing = "\","u8.ToArray();

    private static int BodyStart => Opening.Length + HashDigits + Closing.Length;

    /// <summary>Writes a line, with its end.</summary>
    /// <param name="entry">What happened.</param>
    /// <param name="sequence">Number of the line.</param>
    /// <param name="previous">Hash of the line before.</param>
    /// <param name="output">Gets the bytes.</param>
    /// <returns>The line's own hash.</returns>
    public static string Write(AuditEntry entry, long sequence, string previous, IBufferWriter<byte> output)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            // The default encoder escapes whatever is not plain: no line end and no terminal's escape gets through.
            json.WriteStartObject();
            json.WriteString("prev", previous);
            json.WriteNumber("seq", sequence);
            json.WriteString("time", entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
            json.WriteString("kind", entry.Kind);
            json.WriteString("who", entry.Who);
            json.WriteString("what", entry.What);
            WriteSome(json, "board", entry.Board);
            WriteSome(json, "lease", entry.Lease);
            WriteSome(json, "target", entry.Target);
            json.WriteString("outcome", entry.Outcome);
            WriteSome(json, "note", entry.Note);
            if (entry.Count != 1 || entry.Failed != 0)
            {
                json.WriteNumber("count", entry.Count);
                json.WriteNumber("failed", entry.Failed);
            }

            json.WriteEndObject();
        }

        var body = buffer.WrittenSpan[1..];
        var hash = HashOf(body);
        output.Write(Opening);
        output.Write(Encoding.ASCII.GetBytes(hash));
        output.Write(Closing);
        output.Write(body);
        output.Write("\n"u8);
        return hash;
    }

    /// <summary>Reads a line and checks its own hash.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="record">What it says.</param>
    /// <returns>False when it is none, or its hash is not that of its bytes.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out AuditRecord record)
    {
        record = default;
        if (line.Length <= BodyStart || !line.StartsWith(Opening) || !line[(Opening.Length + HashDigits)..].StartsWith(Closing))
        {
            return false;
        }

        var hash = Encoding.ASCII.GetString(line.Slice(Opening.Length, HashDigits));
        if (HashOf(line[BodyStart..]) != hash)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(line.ToArray());
            record = new AuditRecord(hash, document.RootElement);
            return true;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static void WriteSome(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
