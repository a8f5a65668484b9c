namespace FarmAgent.Simulation.Time;

/// <summary>The relation to wall time, and the thread that keeps a realtime bench up with it.</summary>
internal sealed partial class BenchClock
{
    /// <summary>A bench that is further behind than this gives the time up instead of running after it for ever.</summary>
    private const long LagLimit = 100 * BenchTime.Millisecond;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    private BenchClockMode _mode = BenchClockMode.Lockstep;
    private long _wallBase;
    private long _benchBase;
    private long _lost;
    private ManualResetEventSlim? _pacerStop;
    private Thread? _pacer;

    /// <summary>Present mode; may be changed at any time.</summary>
    public BenchClockMode Mode
    {
        get => _mode;
        set
        {
            if (value == BenchClockMode.Lockstep)
            {
                StopRealtime();
                return;
            }

            lock (Gate)
            {
                if (_mode == value)
                {
                    return;
                }

                _mode = value;
                Rebase();
                StartPacer();
            }
        }
    }

    /// <summary>How far the bench is behind wall time now, and what it has given up since it became realtime. Zero in lockstep.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (Gate)
            {
                return _mode == BenchClockMode.Lockstep || IsFrozen
                    ? TimeSpan.Zero
                    : BenchTime.ToTimeSpan(_lost + Math.Max(0, WallTarget() - Now));
            }
        }
    }

    /// <summary>Brings a realtime bench nearer to wall time, by one slice at most; nothing in lockstep. Called under the lock.</summary>
    public void CatchUp()
    {
        if (_mode != BenchClockMode.Realtime)
        {
            return;
        }

        var target = WallTarget();
        RunTo(Math.Min(target, BenchTime.After(Now, Slice)));
        if (target - Now > LagLimit && !IsFrozen)
        {
            _lost += target - Now;
            Rebase();
        }
    }

    private long WallTarget() => BenchTime.After(_benchBase, BenchTime.From(_wall.GetElapsedTime(_wallBase)));

    private void Rebase()
    {
        _wallBase = _wall.GetTimestamp();
        _benchBase = Now;
    }

    private void StartPacer()
    {
        _lost = 0;
        var stop = new ManualResetEventSlim(initialState: false);
        _pacerStop = stop;
        _pacer = new Thread(() => Pace(stop)) { IsBackground = true, Name = "virtual-bench" };
        _pacer.Start();
    }

    private void Pace(ManualResetEventSlim stop)
    {
        while (!stop.Wait(Beat))
        {
            ThawIfExpired();
            lock (Gate)
            {
                if (!stop.IsSet)
                {
                    CatchUp();
                }
            }
        }
    }

    private void StopRealtime()
    {
        Thread? pacer;
        ManualResetEventSlim? stop;
        lock (Gate)
        {
            _mode = BenchClockMode.Lockstep;
            pacer = _pacer;
            stop = _pacerStop;
            _pacer = null;
            _pacerStop = null;
            stop?.Set();
        }

        // The pacer needs the lock to see the flag, so the thread that switches modes must not hold it here.
        if (pacer is not null && !Gate.IsHeldByCurrentThread)
        {
            pacer.Join();
            stop!.Dispose();
        }
    }
}
