namespace FarmAgent.Agent.Audits;

/// <summary>How much of the audit is kept.</summary>
internal sealed record AuditSettings
{
    /// <summary>Size after which a new file is begun, in MiB.</summary>
    public int FileMebibytes { get; init; } = 4;

    /// <summary>Files that are kept.</summary>
    public int Files { get; init; } = 16;
}
