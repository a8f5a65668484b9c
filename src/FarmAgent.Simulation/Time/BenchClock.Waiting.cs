using FarmAgent.Hardware.Time;

namespace FarmAgent.Simulation.Time;

/// <summary>Waiting on the bench's time. In lockstep the waiting thread itself moves the bench on; in realtime it waits in wall time.</summary>
internal sealed partial class BenchClock : IWaiter
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan FrozenPoll = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public TimeSpan Elapsed
    {
        get
        {
            lock (Gate)
            {
                CatchUp();
                return BenchTime.ToTimeSpan(Now);
            }
        }
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        long until;
        lock (Gate)
        {
            CatchUp();
            until = BenchTime.After(Now, BenchTime.From(duration));
        }

        WaitFor(static () => false, until, cancellationToken);
    }

    /// <summary>Waits until a condition of the bench holds. The condition is looked at under the lock, after every event.</summary>
    /// <param name="isDone">The condition.</param>
    /// <param name="until">Bench time at which the wait ends anyway.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    /// <returns>True when the condition holds, false when the time came first or the bench was closed.</returns>
    public bool WaitFor(Func<bool> isDone, long until, CancellationToken cancellationToken)
    {
        while (!_ended.IsSet)
        {
            bool frozen;
            bool lockstep;
            lock (Gate)
            {
                if (StepTowards(isDone, until))
                {
                    return true;
                }

                if (Now >= until)
                {
                    return false;
                }

                frozen = IsFrozen;
                lockstep = _mode == BenchClockMode.Lockstep;
            }

            if (frozen)
            {
                _thawed.Wait(FrozenPoll, cancellationToken);
                ThawIfExpired();
            }
            else if (!lockstep)
            {
                _ended.Wait(Poll, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        return false;
    }

    /// <summary>One slice of a wait, event by event, so that a condition is seen at the event that makes it true.</summary>
    private bool StepTowards(Func<bool> isDone, long until)
    {
        if (_mode == BenchClockMode.Realtime)
        {
            CatchUp();
            return isDone();
        }

        var sliceEnd = Math.Min(until, BenchTime.After(Now, Slice));
        while (!isDone())
        {
            if (IsFrozen || Now >= sliceEnd)
            {
                return false;
            }

            RunToMoment(sliceEnd);
        }

        return true;
    }
}
