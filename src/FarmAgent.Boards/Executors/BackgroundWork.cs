namespace FarmAgent.Boards.Executors;

/// <summary>Owns work that nobody awaits, so that a stop can wait for it.</summary>
internal sealed class BackgroundWork
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];

    public void Start(Func<Task> work)
    {
        var task = work();
        if (!task.IsCompletedSuccessfully)
        {
            _ = KeepAsync(task);
        }
    }

    /// <summary>Waits for all of it, or until the limit has passed.</summary>
    public async Task DrainAsync(TimeSpan limit, TimeProvider time)
    {
        Task[] left;
        lock (_lock)
        {
            left = [.. _running];
        }

        await Task.WhenAll(left).WaitAsync(limit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task KeepAsync(Task task)
    {
        lock (_lock)
        {
            _running.Add(task);
        }

        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _running.Remove(task);
        }
    }
}
