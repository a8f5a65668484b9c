using System.Diagnostics;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Gpio;

/// <summary>
/// Changes of level as one end of a wire sees them. As in a kernel, a bounded number is kept for the reader, and the sequence shows how many it
/// missed.
/// </summary>
internal sealed class VirtualEdgeStream : IGpioEdgeStream
{
    private const int Kept = 1024;
    private readonly WireEndpoint _endpoint;
    private readonly BenchClock _clock;
    private readonly GpioEdges _edges;
    private readonly long _debounce;
    private readonly Queue<GpioEdge> _waiting = [];
    private readonly ManualResetEventSlim _arrived = new(initialState: false);
    private readonly Action<bool>? _previous;
    private IDisposable? _settling;
    private bool _reported;
    private uint _sequence;

    public VirtualEdgeStream(WireEndpoint endpoint, BenchClock clock, GpioEdges edges, TimeSpan debounce)
    {
        (_endpoint, _clock, _edges, _debounce) = (endpoint, clock, edges, BenchTime.From(debounce));
        _reported = endpoint.Level;
        _previous = endpoint.LevelChanged;
        endpoint.LevelChanged = OnLevel;
    }

    public bool IsOpen { get; private set; } = true;

    /// <inheritdoc/>
    public bool TryRead(TimeSpan timeout, out GpioEdge edge)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            lock (_clock.Gate)
            {
                ObjectDisposedException.ThrowIf(!IsOpen, this);
                _clock.CatchUp();
                if (_waiting.TryDequeue(out edge))
                {
                    return true;
                }

                _arrived.Reset();
            }

            var left = timeout - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || !_arrived.Wait(left))
            {
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_clock.Gate)
        {
            if (IsOpen)
            {
                IsOpen = false;
                _settling?.Dispose();
                _endpoint.LevelChanged = _previous;
                _arrived.Set();
            }
        }
    }

    private void OnLevel(bool high)
    {
        _previous?.Invoke(high);
        _settling?.Dispose();
        _settling = null;
        if (_debounce == 0)
        {
            Report(high);
        }
        else if (high != _reported)
        {
            _settling = _clock.Schedule(_clock.Now + _debounce, () => Report(high));
        }
    }

    private void Report(bool high)
    {
        if (high == _reported)
        {
            return;
        }

        _reported = high;
        if ((_edges & (high ? GpioEdges.Rising : GpioEdges.Falling)) == 0)
        {
            return;
        }

        _sequence++;
        if (_waiting.Count == Kept)
        {
            _waiting.Dequeue();
        }

        _waiting.Enqueue(new GpioEdge(high, BenchTime.ToTimeSpan(_clock.Now), _sequence));
        _arrived.Set();
    }
}
