using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>A run at work, or one that ended since the agent started.</summary>
internal sealed class ActiveRun : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Wire.Run _state;
    private RunStop _why;

    public ActiveRun(Wire.Run state, string identity, string lease, RunFolder folder, RunEventFile events)
    {
        (_state, Identity, Lease, Folder, Events) = (state, identity, lease, folder, events);
    }

    /// <summary>Who started it.</summary>
    public string Identity { get; }

    /// <summary>Id of its lease.</summary>
    public string Lease { get; }

    /// <summary>Its files.</summary>
    public RunFolder Folder { get; }

    public RunEventFile Events { get; }

    /// <summary>Resource name.</summary>
    public string Name => _state.Name;

    /// <summary>Short name, <c>r-…</c>.</summary>
    public string Id => Name["runs/".Length..];

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

    public Task Ended => _ended.Task;

    public Wire.Run Snapshot()
    {
        lock (_lock)
        {
            return _state.Clone();
        }
    }

    /// <summary>Tells it to stop; the first reason counts.</summary>
    public void Stop(RunStop why)
    {
        lock (_lock)
        {
            if (_why != RunStop.None || _ended.Task.IsCompleted)
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

        Events.Append(new Wire.RunEvent { Ended = final });
        Events.Dispose();
        _ended.TrySetResult();
    }

    public void Dispose()
    {
        Events.Dispose();
        _stop.Dispose();
    }
}
