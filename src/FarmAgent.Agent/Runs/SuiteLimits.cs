namespace FarmAgent.Agent.Runs;

/// <summary>How large a suite may be.</summary>
internal sealed record SuiteLimits
{
    /// <summary>Largest upload in bytes.</summary>
    public long LargestUpload { get; init; } = 64L << 20;

    /// <summary>Most files and folders in an archive.</summary>
    public int MostEntries { get; init; } = 10_000;

    /// <summary>Most bytes that the files of an archive may hold together.</summary>
    public long LargestContent { get; init; } = 256L << 20;
}
