using System.Text;
using FarmAgent.Hardware.Time;

namespace FarmAgent.Boards.Traces;

/// <summary>
/// What passed over a board's wires lately: probe, I2C, GPIO and serial on the one clock of its bench. Always on; a ring of fixed size, in
/// which the oldest entries give way. Adding one costs a copy under a lock and allocates nothing. Thread-safe.
/// </summary>
public sealed class FlightRecorder
{
    /// <summary>Memory of a board's ring where nothing else is configured, in bytes.</summary>
    public const int DefaultBytes = 2 * 1024 * 1024;

    /// <summary>Least memory of a ring: room for some of the longest entries.</summary>
    public const int LeastBytes = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly IWaiter _clock;
    private readonly TraceRing _ring;
    private readonly List<TraceSource> _sources = [];
    private readonly TraceSource _marks;
    private TaskCompletionSource? _grown;

    /// <summary>Makes an empty one.</summary>
    /// <param name="clock">The bench's clock.</param>
    /// <param name="bytes">Memory of the ring.</param>
    public FlightRecorder(IWaiter clock, int bytes)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, LeastBytes);
        (_clock, _ring) = (clock, new TraceRing(bytes));
        _marks = AddSource(TraceChannel.Mark, "agent");
    }

    /// <summary>Memory of the ring in bytes.</summary>
    public int Bytes => _ring.Capacity;

    /// <summary>Now, on the bench's clock.</summary>
    public TimeSpan Now => _clock.Elapsed;

    /// <summary>Sequence number of the oldest entry in memory.</summary>
    public long FirstSequence
    {
        get
        {
            lock (_lock)
            {
                return _ring.FirstSequence;
            }
        }
    }

    /// <summary>Sequence number that the next entry gets.</summary>
    public long NextSequence
    {
        get
        {
            lock (_lock)
            {
                return _ring.NextSequence;
            }
        }
    }

    /// <summary>All wires that it records.</summary>
    public IReadOnlyList<TraceSource> Sources
    {
        get
        {
            lock (_lock)
            {
                return [.. _sources];
            }
        }
    }

    /// <summary>Notes a remark of the agent's own.</summary>
    /// <param name="text">What happened.</param>
    public void Mark(string text)
    {
        var now = _clock.Elapsed;
        Add(_marks, TraceAction.Mark, TraceOutcomes.Ok, now, now, 0, Encoding.UTF8.GetBytes(text), []);
    }

    /// <summary>Entries from a place on.</summary>
    /// <param name="from">First sequence number wanted; what is no longer in memory is passed over. Negative counts back from the newest.</param>
    /// <param name="most">Most entries wanted.</param>
    public IReadOnlyList<TraceEntry> Read(long from, int most)
    {
        lock (_lock)
        {
            var cursor = new TraceCursor(_ring, from);
            return cursor.Take(_ring, _sources, most);
        }
    }

    /// <summary>Entries of the last stretch of time, oldest first.</summary>
    /// <param name="length">How far back; null for all in memory.</param>
    public IReadOnlyList<TraceEntry> ReadLast(TimeSpan? length)
    {
        var all = Read(0, int.MaxValue);
        return length is { } back ? [.. all.Where(e => e.End >= all[^1].End - back)] : all;
    }

    /// <summary>Follows the recording in pieces.</summary>
    /// <param name="from">See <see cref="Read"/>.</param>
    /// <param name="most">Most entries of a piece.</param>
    /// <param name="follow">True goes on with what comes; false ends with what there is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<IReadOnlyList<TraceEntry>> FollowAsync(
        long from, int most, bool follow, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TraceCursor cursor;
        long end;
        lock (_lock)
        {
            (cursor, end) = (new TraceCursor(_ring, from), _ring.NextSequence);
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<TraceEntry> piece;
            Task grown;
            lock (_lock)
            {
                piece = cursor.Take(_ring, _sources, most);
                grown = piece.Count > 0 || !follow ? Task.CompletedTask : (_grown ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            if (piece.Count > 0)
            {
                yield return piece;
            }

            // What is recorded while a reader without end is served would keep him for ever.
            if (!follow && (piece.Count == 0 || piece[^1].Sequence >= end - 1))
            {
                yield break;
            }

            await grown.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Adds a wire; to be done while the board is set up.</summary>
    internal TraceSource AddSource(TraceChannel channel, string name)
    {
        lock (_lock)
        {
            var source = new TraceSource(checked((byte)_sources.Count), channel, name);
            _sources.Add(source);
            return source;
        }
    }

    internal void Add(
        TraceSource source, TraceAction action, byte outcome, TimeSpan start, TimeSpan end, int detail, ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received)
    {
        TaskCompletionSource? grown;
        lock (_lock)
        {
            _ring.Append(new TraceHeader(source.Number, action, outcome, start.Ticks, end.Ticks, detail), sent, received);
            (grown, _grown) = (_grown, null);
        }

        grown?.TrySetResult();
    }
}
