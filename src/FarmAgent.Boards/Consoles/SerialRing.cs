namespace FarmAgent.Boards.Consoles;

/// <summary>The last bytes of a recording, addressed by their absolute offset. Not thread-safe.</summary>
/// <param name="capacity">Bytes that it holds.</param>
/// <param name="first">Offset of the first byte that it will get.</param>
internal sealed class SerialRing(int capacity, long first = 0)
{
    private readonly byte[] _bytes = new byte[capacity];
    private readonly long _first = first;

    /// <summary>Receive times of the pieces still in the ring, each with the offset after its last byte.</summary>
    private readonly Queue<(long End, DateTimeOffset Time)> _times = [];

    /// <summary>Offset after the last byte.</summary>
    public long End { get; private set; } = first;

    /// <summary>Offset of the oldest byte still there.</summary>
    public long Start => Math.Max(_first, End - _bytes.Length);

    public void Append(ReadOnlySpan<byte> data, DateTimeOffset time)
    {
        var kept = data.Length > _bytes.Length ? data[^_bytes.Length..] : data;
        var at = (int)((End + data.Length - kept.Length) % _bytes.Length);
        var untilEnd = Math.Min(kept.Length, _bytes.Length - at);
        kept[..untilEnd].CopyTo(_bytes.AsSpan(at));
        kept[untilEnd..].CopyTo(_bytes);
        End += data.Length;
        _times.Enqueue((End, time));
        while (_times.Peek().End <= Start)
        {
            _times.Dequeue();
        }
    }

    /// <summary>Bytes from an offset on, at most so many, all received in one piece; none when there are none yet.</summary>
    /// <param name="from">Offset; one that is no longer there is moved to the oldest byte.</param>
    /// <param name="most">Most bytes wanted.</param>
    public SerialChunk Read(long from, int most)
    {
        var start = Math.Clamp(from, Start, End);
        var piece = _times.FirstOrDefault(t => t.End > start);
        var length = (int)Math.Min(most, piece.End > start ? piece.End - start : 0);
        var data = new byte[length];
        var at = (int)(start % _bytes.Length);
        var untilEnd = Math.Min(length, _bytes.Length - at);
        _bytes.AsSpan(at, untilEnd).CopyTo(data);
        _bytes.AsSpan(0, length - untilEnd).CopyTo(data.AsSpan(untilEnd));
        return new SerialChunk(start, data, piece.Time);
    }
}
