using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Agent.Hosting;

/// <summary>
/// How the time of one virtual bench passes: as was chosen, but to wall time while anybody is attached who waits by it. The choice comes back
/// when the last of them is gone.
/// </summary>
internal sealed class BenchPace(VirtualBench bench)
{
    private readonly Lock _lock = new();
    private BenchClockMode _chosen = bench.ClockMode;
    private int _stays;

    /// <summary>Chooses a mode; it takes effect at once, or when nobody needs wall time any more.</summary>
    public void Choose(BenchClockMode mode)
    {
        lock (_lock)
        {
            _chosen = mode;
            Apply();
        }
    }

    /// <summary>Runs to wall time until the result is disposed.</summary>
    public IDisposable RunRealtime()
    {
        lock (_lock)
        {
            _stays++;
            Apply();
        }

        return new Stay(this);
    }

    private void Apply() => bench.ClockMode = _stays > 0 ? BenchClockMode.Realtime : _chosen;

    private void Leave()
    {
        lock (_lock)
        {
            _stays--;
            Apply();
        }
    }

    private sealed class Stay(BenchPace pace) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                pace.Leave();
            }
        }
    }
}
