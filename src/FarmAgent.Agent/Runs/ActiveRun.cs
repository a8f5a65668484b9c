using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>A run at work, or one that ended since the agent started. Thread-safe.</summary>
internal sealed class ActiveRun(Wire.Run state, string identity, string lease, RunFolder folder, RunEventFile events) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Wire.Run _state = state;
    private RunStop _why;

    /// <summary>Who started it.</summary>
    public string Identity { get; } = identity;

    /// <summary>Id of its lease.</summary>
    public string Lease { get; } = lease;

    /// <summary>Its files.</summary>
    public RunFolder Folder { get; } = folder;

    public RunEventFile Events { get; } = events;

    /// <summary>Takes what its engine reports.</summary>
    public EngineEvents Engine { get; } = new(events, EngineEvents.DefaultLimit);

    /// <summary>Resource name.</summary>
    public string Name { get; } = state.Name;

    /// <summary>Short name, <c>r-…</c>.</summary>
    public string Id => RunNames.IdOf(Name);

    /// <summary>Fires when it has to stop.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Why it has to stop.</summary>
    public RunStop Why
    {
        get
        {
            lock (_lock)
            {
                return _why;
            }
        }
    }

    /// <summary>Completes when it has ended and is written down.</summary>
    public Task Ended => _ended.Task;

    public Wire.Run Snapshot()
    {
        lock (_lock)
        {
            return _state.Clone();
        }
    }

    /// <summary>Tells it to stop; the first reason counts, except that a lost lease outranks what came before.</summary>
    public void Stop(RunStop why)
    {
        lock (_lock)
        {
            if (_ended.Task.IsCompleted || (_why != RunStop.None && why != RunStop.LeaseLost))
            {
                return;
            }

            _why = why;
        }

        _ = _stop.CancelAsync();
    }

    /// <summary>It has ended and is written down.</summary>
    public void End(Wire.Run final)
    {
        lock (_lock)
        {
            _state = final;
        }

        _ended.TrySetResult();
    }

    public void Dispose()
    {
        Events.Dispose();
        _stop.Dispose();
    }
}
