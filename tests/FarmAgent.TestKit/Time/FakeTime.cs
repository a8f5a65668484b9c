namespace FarmAgent.TestKit.Time;

/// <summary>Time that passes only when a test says so; timers that become due run on the thread that advances it, in the order of their due times.</summary>
public sealed class FakeTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly DateTimeOffset _start = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time since the start of the test.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _elapsed;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass and runs what becomes due meanwhile.</summary>
    public void Advance(TimeSpan duration)
    {
        var end = Elapsed + duration;
        while (TakeDue(end) is { } due)
        {
            due.Run();
        }

        lock (_lock)
        {
            _elapsed = end;
        }
    }

    private FakeTimer? TakeDue(TimeSpan end)
    {
        lock (_lock)
        {
            var due = _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (due is not null)
            {
                _elapsed = due.Due > _elapsed ? due.Due : _elapsed;
                due.Rearm();
            }

            return due;
        }
    }

    private sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var now = false;
            lock (time._lock)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = time._elapsed + dueTime;
                    now = dueTime == TimeSpan.Zero;
                    time._timers.Add(this);
                }
            }

            if (now)
            {
                time.Advance(TimeSpan.Zero);
            }

            return true;
        }

        public void Rearm()
        {
            if (_period > TimeSpan.Zero)
            {
                Due += _period;
            }
            else
            {
                time._timers.Remove(this);
            }
        }

        public void Run() => callback(state);

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
