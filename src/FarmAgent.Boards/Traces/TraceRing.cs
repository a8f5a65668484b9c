using System.Buffers.Binary;

namespace FarmAgent.Boards.Traces;

/// <summary>
/// Entries as bytes in a ring of fixed size; the oldest go when there is no room. Nothing is allocated when one is added. Not thread-safe.
/// </summary>
/// <param name="capacity">Bytes.</param>
internal sealed class TraceRing(int capacity)
{
    /// <summary>Bytes that are kept of each direction of an entry.</summary>
    public const int PayloadLimit = 256;

    public const int HeaderLength = 44;

    // Pages of the array take memory when they are first written, not before.
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity);

    /// <summary>Absolute place of the oldest entry.</summary>
    public long Head { get; private set; }

    /// <summary>Absolute place after the newest entry.</summary>
    public long Tail { get; private set; }

    /// <summary>Sequence number of the oldest entry.</summary>
    public long FirstSequence { get; private set; } = 1;

    /// <summary>Sequence number that the next entry gets.</summary>
    public long NextSequence { get; private set; } = 1;

    public int Capacity => _bytes.Length;

    public void Append(in TraceHeader header, ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received)
    {
        var keptSent = sent[..Math.Min(sent.Length, PayloadLimit)];
        var keptReceived = received[..Math.Min(received.Length, PayloadLimit)];
        var length = HeaderLength + keptSent.Length + keptReceived.Length;
        MakeRoom(length);
        Span<byte> raw = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32LittleEndian(raw, length);
        (raw[4], raw[5], raw[6], raw[7]) = (header.Source, (byte)header.Action, header.Outcome, 0);
        BinaryPrimitives.WriteInt64LittleEndian(raw[8..], NextSequence++);
        BinaryPrimitives.WriteInt64LittleEndian(raw[16..], header.Start);
        BinaryPrimitives.WriteInt64LittleEndian(raw[24..], header.End);
        BinaryPrimitives.WriteInt32LittleEndian(raw[32..], header.Detail);
        BinaryPrimitives.WriteInt32LittleEndian(raw[36..], sent.Length);
        BinaryPrimitives.WriteInt32LittleEndian(raw[40..], received.Length);
        Put(raw);
        Put(keptSent);
        Put(keptReceived);
    }

    /// <summary>Reads the entry at a place.</summary>
    /// <param name="at">Place of its first byte; moved to the one after it.</param>
    /// <param name="sources">What the numbers of sources stand for.</param>
    public TraceEntry Read(ref long at, IReadOnlyList<TraceSource> sources)
    {
        Span<byte> raw = stackalloc byte[HeaderLength];
        Get(at, raw);
        var source = sources[raw[4]];
        var (sent, received) = (BinaryPrimitives.ReadInt32LittleEndian(raw[36..]), BinaryPrimitives.ReadInt32LittleEndian(raw[40..]));
        var (keptSent, keptReceived) = (new byte[Math.Min(sent, PayloadLimit)], new byte[Math.Min(received, PayloadLimit)]);
        Get(at + HeaderLength, keptSent);
        Get(at + HeaderLength + keptSent.Length, keptReceived);
        var start = TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(raw[16..]));
        var entry = new TraceEntry(
            BinaryPrimitives.ReadInt64LittleEndian(raw[8..]),
            start,
            TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(raw[24..])) - start,
            source.Channel,
            source.Name,
            (TraceAction)raw[5],
            TraceOutcomes.Name(source.Channel, raw[6]),
            BinaryPrimitives.ReadInt32LittleEndian(raw[32..]),
            keptSent,
            sent,
            keptReceived,
            received);
        at += BinaryPrimitives.ReadInt32LittleEndian(raw);
        return entry;
    }

    /// <summary>Place of the first entry from a sequence number on.</summary>
    public long Find(long sequence)
    {
        if (sequence >= NextSequence)
        {
            return Tail;
        }

        var at = Head;
        for (var passed = FirstSequence; passed < sequence; passed++)
        {
            at += LengthAt(at);
        }

        return at;
    }

    private void MakeRoom(int length)
    {
        while (Tail + length - Head > _bytes.Length)
        {
            Head += LengthAt(Head);
            FirstSequence++;
        }
    }

    private int LengthAt(long at)
    {
        Span<byte> raw = stackalloc byte[sizeof(int)];
        Get(at, raw);
        return BinaryPrimitives.ReadInt32LittleEndian(raw);
    }

    private void Put(ReadOnlySpan<byte> data)
    {
        var at = (int)(Tail % _bytes.Length);
        var first = Math.Min(data.Length, _bytes.Length - at);
        data[..first].CopyTo(_bytes.AsSpan(at));
        data[first..].CopyTo(_bytes);
        Tail += data.Length;
    }

    private void Get(long from, Span<byte> data)
    {
        var at = (int)(from % _bytes.Length);
        var first = Math.Min(data.Length, _bytes.Length - at);
        _bytes.AsSpan(at, first).CopyTo(data);
        _bytes.AsSpan(0, data.Length - first).CopyTo(data[first..]);
    }
}

/// <summary>What an entry says besides its bytes.</summary>
/// <param name="Source">Number of the source.</param>
/// <param name="Action">What was done.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Start">When it began, in ticks of the bench's clock.</param>
/// <param name="End">When it ended.</param>
/// <param name="Detail">A number that belongs to the action.</param>
internal readonly record struct TraceHeader(byte Source, TraceAction Action, byte Outcome, long Start, long End, int Detail);
