namespace FarmAgent.Simulation.Time;

/// <summary>
/// A frozen bench: its time stands still until it is thawed or a limit of wall time has passed. Nothing blocks under the lock meanwhile:
/// <see cref="Spend"/> records what is owed, and the wrappers around the devices wait it off outside.
/// </summary>
internal sealed partial class BenchClock
{
    private readonly ManualResetEventSlim _thawed;
    private long _frozenSince;
    private TimeSpan _frozenLimit;
    private Action? _onExpired;

    /// <summary>True while the bench's time stands still.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Stops the bench's time where it is. Called under the lock, also from events and from the running core.</summary>
    /// <param name="limit">Wall time after which <paramref name="onExpired"/> is called and the bench goes on.</param>
    /// <param name="onExpired">Runs under the lock.</param>
    public void Freeze(TimeSpan limit, Action onExpired)
    {
        IsFrozen = true;
        _frozenSince = _wall.GetTimestamp();
        _frozenLimit = limit;
        _onExpired = onExpired;
        _thawed.Reset();
        _core?.RequestStop();
    }

    /// <summary>Lets the time go on. Called under the lock.</summary>
    public void Thaw()
    {
        if (!IsFrozen)
        {
            return;
        }

        IsFrozen = false;
        _onExpired = null;
        Rebase();
        _thawed.Set();
    }

    /// <summary>Waits, without the lock, while the bench is frozen.</summary>
    /// <param name="isAborted">Ends the wait early.</param>
    public void AwaitThaw(Func<bool> isAborted)
    {
        while (IsFrozen && !_ended.IsSet && !isAborted())
        {
            _thawed.Wait(FrozenPoll);
            ThawIfExpired();
        }
    }

    private void ThawIfExpired()
    {
        lock (Gate)
        {
            if (IsFrozen && _wall.GetElapsedTime(_frozenSince) >= _frozenLimit)
            {
                var expired = _onExpired;
                Thaw();
                expired?.Invoke();
            }
        }
    }
}
