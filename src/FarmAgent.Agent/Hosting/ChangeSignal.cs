namespace FarmAgent.Agent.Hosting;

/// <summary>Says that something about the boards changed; watchers then look for themselves. Changes that come together are one.</summary>
internal sealed class ChangeSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the next change. Take it before looking, so that none is missed.</summary>
    public Task Next
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>True when no change comes any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Ends all watching.</summary>
    public void Close()
    {
        IsClosed = true;
        Raise();
    }

    public void Raise()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
