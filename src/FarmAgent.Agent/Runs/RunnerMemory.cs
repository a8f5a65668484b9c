namespace FarmAgent.Agent.Runs;

/// <summary>How much memory a suite may take: a loop without end must end the suite, not the agent beside it.</summary>
internal static class RunnerMemory
{
    private const long Most = 1L << 30;

    /// <summary>Limit of the runner's heap, as its runtime reads it (hex): half of the host's memory, at most 1 GiB.</summary>
    public static string HeapLimit { get; } = Math.Min(Most, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2).ToString("X", System.Globalization.CultureInfo.InvariantCulture);
}
