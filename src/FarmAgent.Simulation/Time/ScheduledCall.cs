namespace FarmAgent.Simulation.Time;

/// <summary>One entry of the event queue. Disposal cancels it; the queue drops it when its time comes.</summary>
internal sealed class ScheduledCall(long at, Action action) : IDisposable
{
    private Action? _action = action;

    public long At { get; } = at;

    public bool IsCancelled => _action is null;

    public void Run()
    {
        var pending = _action;
        _action = null;
        pending?.Invoke();
    }

    public void Dispose() => _action = null;
}
