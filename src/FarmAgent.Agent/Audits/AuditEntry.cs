namespace FarmAgent.Agent.Audits;

/// <summary>One thing that somebody did, as it goes into the audit. Texts are data there: however they look, an entry stays one line.</summary>
internal sealed record AuditEntry
{
    /// <summary>What kind: lease, flash, run, admin, io, refused, audit.</summary>
    public required string Kind { get; init; }

    /// <summary>Who did it.</summary>
    public required string Who { get; init; }

    /// <summary>What was done: "granted", "flash", "SecurityService/CreateToken".</summary>
    public required string What { get; init; }

    /// <summary>Name of the board; empty for none.</summary>
    public string Board { get; init; } = "";

    /// <summary>Id of the lease; empty for none.</summary>
    public string Lease { get; init; } = "";

    /// <summary>What it was done to: the digest of an image, the name of a token.</summary>
    public string Target { get; init; } = "";

    /// <summary>"OK", or the reason why not.</summary>
    public string Outcome { get; init; } = "OK";

    /// <summary>More, for a person.</summary>
    public string Note { get; init; } = "";

    /// <summary>How often, for entries that stand for many.</summary>
    public long Count { get; init; } = 1;

    /// <summary>How many of these failed.</summary>
    public long Failed { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Time { get; init; }
}
