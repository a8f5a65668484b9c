namespace FarmAgent.Simulation.Time;

/// <summary>
/// How a device of the bench spends time: the operation itself runs under the lock and says its cost by <see cref="Spend"/>; what of the
/// cost could not pass at once (a frozen bench, wall time) is waited for after the lock is given back.
/// </summary>
internal sealed partial class BenchClock
{
    private const long Grain = BenchTime.Millisecond;

    private long _due;

    /// <inheritdoc/>
    public void Spend(long duration)
    {
        lock (Gate)
        {
            _due = BenchTime.After(Math.Max(_due, Now), Math.Max(duration, 0));
            RunTo(_mode == BenchClockMode.Lockstep ? _due : Math.Min(WallTarget(), BenchTime.After(Now, Slice)));
        }
    }

    /// <summary>Begins a device operation: takes the lock. To be followed by <see cref="EndOperation"/> in a finally block.</summary>
    public void BeginOperation()
    {
        Gate.Enter();
        _due = _mode == BenchClockMode.Lockstep ? Now : Math.Max(_due, Now);
        if (_mode == BenchClockMode.Realtime)
        {
            RunTo(Math.Min(WallTarget(), BenchTime.After(Now, Slice)));
        }
    }

    /// <summary>Ends a device operation: gives the lock back.</summary>
    /// <returns>The bench time at which the operation is really over, for <see cref="Settle"/>.</returns>
    public long EndOperation()
    {
        var due = _due;
        Gate.Exit();
        return due;
    }

    /// <summary>Waits, without the lock, until the bench has reached the end of an operation.</summary>
    /// <param name="due">Time that <see cref="EndOperation"/> gave.</param>
    /// <param name="isAborted">Ends the wait early, for example because the device was unplugged.</param>
    public void Settle(long due, Func<bool> isAborted)
    {
        bool isWorthIt;
        lock (Gate)
        {
            // A wait in wall time is coarse: what is owed below its grain is carried over to the next operation.
            isWorthIt = _mode == BenchClockMode.Lockstep || due - Now > Grain;
        }

        if (isWorthIt)
        {
            WaitFor(isAborted, due, CancellationToken.None);
        }
    }
}
