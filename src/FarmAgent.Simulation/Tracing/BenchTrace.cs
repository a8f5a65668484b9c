using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tracing;

/// <summary>
/// Records what passes over a bench's wires: USB and I2C transfers, serial frames, levels of named nets, each with the bench's time. In
/// lockstep the same commands give the same trace, byte for byte. Bounded: the oldest records go. Thread-safe.
/// </summary>
public sealed class BenchTrace
{
    /// <summary>Memory that a trace may take where nothing else is said, in bytes.</summary>
    public const int DefaultCapacity = 16 * 1024 * 1024;

    private readonly IBenchTimeline _timeline;
    private readonly Lock _lock = new();
    private readonly Queue<TraceRecord> _records = new();
    private long _size;
    private int _capacity;
    private volatile bool _isOn;

    internal BenchTrace(IBenchTimeline timeline) => _timeline = timeline;

    /// <summary>True while it records.</summary>
    public bool IsOn => _isOn;

    /// <summary>Records that went because the capacity was reached.</summary>
    public long Dropped { get; private set; }

    /// <summary>Begins a new trace; an older one is forgotten.</summary>
    /// <param name="capacity">Memory that it may take, in bytes.</param>
    public void Start(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        lock (_lock)
        {
            _records.Clear();
            _size = 0;
            _capacity = capacity;
            Dropped = 0;
            _isOn = true;
        }
    }

    /// <summary>Ends it; what was recorded stays until the next start.</summary>
    public void Stop() => _isOn = false;

    /// <summary>What was recorded, oldest first.</summary>
    public IReadOnlyList<TraceRecord> List()
    {
        lock (_lock)
        {
            return [.. _records];
        }
    }

    /// <summary>Notes something that is over now. Called under the bench's lock.</summary>
    internal void Note(TraceChannel channel, string source, ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received, string outcome)
    {
        if (!_isOn)
        {
            return;
        }

        var record = new TraceRecord(_timeline.Now, channel, source, sent.ToArray(), received.ToArray(), outcome);
        lock (_lock)
        {
            _records.Enqueue(record);
            _size += record.Size;
            while (_size > _capacity && _records.TryDequeue(out var oldest))
            {
                _size -= oldest.Size;
                Dropped++;
            }
        }
    }
}
