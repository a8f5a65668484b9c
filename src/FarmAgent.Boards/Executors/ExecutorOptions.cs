namespace FarmAgent.Boards.Executors;

/// <summary>Limits of a device executor. Wall time throughout.</summary>
public sealed record ExecutorOptions
{
    /// <summary>How many jobs may wait; more are refused at once.</summary>
    public int QueueLength { get; init; } = 64;

    /// <summary>How long a job that was told to stop may take before its device counts as hung.</summary>
    public TimeSpan HangLimit { get; init; } = TimeSpan.FromSeconds(10);
}
