using System.Globalization;
using System.Text.Json;

namespace FarmAgent.Agent.Audits;

/// <summary>A line of the audit as it was read.</summary>
internal readonly record struct AuditRecord
{
    /// <summary>Takes a line's fields.</summary>
    /// <param name="hash">Its hash, checked.</param>
    /// <param name="json">Its fields.</param>
    public AuditRecord(string hash, JsonElement json)
    {
        Hash = hash;
        Previous = json.GetProperty("prev").GetString()!;
        Sequence = json.GetProperty("seq").GetInt64();
        Entry = new AuditEntry
        {
            Kind = Text("kind"),
            Who = Text("who"),
            What = Text("what"),
            Board = Text("board"),
            Lease = Text("lease"),
            Target = Text("target"),
            Outcome = Text("outcome"),
            Note = Text("note"),
            Count = json.TryGetProperty("count", out var count) ? count.GetInt64() : 1,
            Failed = json.TryGetProperty("failed", out var failed) ? failed.GetInt64() : 0,
            Time = DateTimeOffset.Parse(Text("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        };

        string Text(string name) => json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
    }

    /// <summary>Its hash.</summary>
    public string Hash { get; }

    /// <summary>The hash of the line before.</summary>
    public string Previous { get; }

    /// <summary>Its number.</summary>
    public long Sequence { get; }

    /// <summary>What happened.</summary>
    public AuditEntry Entry { get; }
}
