using System.Collections.Concurrent;
using FarmAgent.Boards.Executors;

namespace FarmAgent.Agent.Health;

/// <summary>
/// Whether the agent still does its work: its loops come round in time, and no device's thread hangs in a job that was told to stop. Thread-safe.
/// </summary>
/// <param name="executors">What the devices' threads are doing now.</param>
/// <param name="time">Clock of the limits.</param>
internal sealed class WorkHealth(Func<IEnumerable<ExecutorStatus>> executors, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (TimeSpan Limit, long Last)> _loops = new(StringComparer.Ordinal);

    /// <summary>A loop came round; it does so at least this often, or something is wrong.</summary>
    /// <param name="loop">Its name.</param>
    /// <param name="limit">Longest time until it does again.</param>
    public void Beat(string loop, TimeSpan limit) => _loops[loop] = (limit, time.GetTimestamp());

    /// <summary>A loop ended as it should.</summary>
    /// <param name="loop">Its name.</param>
    public void End(string loop) => _loops.TryRemove(loop, out _);

    /// <summary>What does not work any more; null when all does.</summary>
    public string? FindTrouble()
    {
        foreach (var (loop, (limit, last)) in _loops)
        {
            if (time.GetElapsedTime(last) > limit)
            {
                return $"{loop} has not come round for {time.GetElapsedTime(last).TotalSeconds:0} s, at most {limit.TotalSeconds:0} s were expected";
            }
        }

        return executors().FirstOrDefault(s => s.IsHung) is { } hung
            ? $"{hung.Device} hangs in '{hung.Job}' since {hung.Running.TotalSeconds:0} s"
            : null;
    }
}
