namespace FarmAgent.Simulation.Time;

/// <summary>
/// The bench's clock: an event queue, the core that runs between events, and the relation to wall time. All state is guarded by
/// <see cref="Gate"/>, the one lock of the bench; nothing waits in wall time while holding it.
/// </summary>
internal sealed partial class BenchClock : IBenchTimeline, IDisposable
{
    /// <summary>The longest stretch that is run under the lock at once, so that the bench's other devices get their turn.</summary>
    private const long Slice = 10 * BenchTime.Millisecond;

    private readonly PriorityQueue<ScheduledCall, (long At, long Order)> _queue = new();
    private readonly TimeProvider _wall;
    private readonly ManualResetEventSlim _ended = new(initialState: false);
    private IClockedCore? _core;
    private long _now;
    private long _order;
    private long _sliceEnd = long.MaxValue;
    private bool _running;

    public BenchClock(TimeProvider wall)
    {
        ArgumentNullException.ThrowIfNull(wall);
        _wall = wall;
        _thawed = new ManualResetEventSlim(initialState: true);
    }

    /// <summary>The lock of the bench. Every device operation takes it; events run under it.</summary>
    public Lock Gate { get; } = new();

    /// <inheritdoc/>
    public long Now => _core?.Now ?? _now;

    /// <summary>False once the bench was closed.</summary>
    public bool IsOpen => !_ended.IsSet;

    /// <summary>Makes a core the one whose cycles fill the time between events.</summary>
    public void Attach(IClockedCore core) => _core = core;

    /// <inheritdoc/>
    public IDisposable Schedule(long at, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        lock (Gate)
        {
            var call = new ScheduledCall(at, action);
            _queue.Enqueue(call, (at, _order++));
            if (_running && at < _sliceEnd)
            {
                _sliceEnd = at;
                _core?.RequestStop();
            }

            return call;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StopRealtime();
        _ended.Set();
        _thawed.Set();
    }

    /// <summary>Runs events and core up to a time, or until the bench is frozen. Called under the lock.</summary>
    private void RunTo(long target) => Run(target, isOneMoment: false);

    /// <summary>Runs to the next moment that has events, also one that the core brings about on the way, or to a time. Called under the lock.</summary>
    private void RunToMoment(long target) => Run(target, isOneMoment: true);

    private void Run(long target, bool isOneMoment)
    {
        if (_running)
        {
            return;
        }

        _running = true;
        try
        {
            while (!IsFrozen)
            {
                var hadCalls = RunDueCalls();
                if (IsFrozen || Now >= target || (hadCalls && isOneMoment))
                {
                    break;
                }

                _sliceEnd = Math.Min(target, NextCallAt());
                RunCore(_sliceEnd);
            }
        }
        finally
        {
            _sliceEnd = long.MaxValue;
            _running = false;
        }
    }

    private void RunCore(long until)
    {
        if (_core is null)
        {
            _now = until;
        }
        else
        {
            _core.RunUntil(until);
        }
    }

    private bool RunDueCalls()
    {
        var any = false;
        while (!IsFrozen && NextCallAt() <= Now)
        {
            _queue.Dequeue().Run();
            any = true;
        }

        return any;
    }

    private long NextCallAt()
    {
        while (_queue.TryPeek(out var call, out _))
        {
            if (!call.IsCancelled)
            {
                return call.At;
            }

            _queue.Dequeue();
        }

        return long.MaxValue;
    }
}
