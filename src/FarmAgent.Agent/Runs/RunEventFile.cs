using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// The events of a run in one file that is only added to: a 32-bit little-endian length before each. Any number of readers start anywhere
/// and follow it; nothing is kept in memory, so a talkative suite costs none. Thread-safe.
/// </summary>
internal sealed class RunEventFile : IDisposable
{
    private const int LengthBytes = sizeof(int);
    private const int LargestEvent = 16 << 20;

    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;
    private long _told;
    private bool _closed;

    /// <summary>Opens the file, made if it is not there. What an interrupted write left at its end is cut off.</summary>
    public RunEventFile(string path, TimeProvider time)
    {
        _time = time;
        _file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            BufferSize = 0,
        });
        Span<byte> length = stackalloc byte[LengthBytes];
        while (SkipOne(_file, length, _file.Length))
        {
            _count++;
        }

        _told = _count;
        _file.SetLength(_file.Position);
    }

    /// <summary>Adds an event; sequence and time are filled in. Does nothing once the file is closed.</summary>
    public void Append(Wire.RunEvent happened) => Append([happened]);

    /// <summary>Adds events by one write; sequence and time are filled in. Does nothing once the file is closed.</summary>
    public void Append(IReadOnlyCollection<Wire.RunEvent> batch)
    {
        Write(batch);
        Wake();
    }

    /// <summary>Adds an event that readers do not see before <see cref="Dispose"/>, or before another one is added.</summary>
    public void AppendQuietly(Wire.RunEvent happened) => Write([happened]);

    /// <summary>Brings all events to the disk.</summary>
    public void Sync()
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _file.Flush(flushToDisk: true);
            }
        }
    }

    private void Write(IReadOnlyCollection<Wire.RunEvent> batch)
    {
        lock (_lock)
        {
            if (_closed || batch.Count == 0)
            {
                return;
            }

            var frames = FramesOf(batch);
            var start = _file.Position;
            try
            {
                _file.Write(frames);
                _count += batch.Count;
            }
            catch (IOException)
            {
                // Half an event must not stand before the next one.
                _file.SetLength(start);
                _file.Position = start;
                throw;
            }
        }
    }

    /// <summary>Reads events, and waits for more until the run has ended.</summary>
    /// <param name="from">First one wanted; 0 or 1 for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<Wire.RunEvent> FollowAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = OpenForReading(_file.Name);
        var next = 1L;
        while (true)
        {
            Task grown;
            bool closed;
            long count;
            lock (_lock)
            {
                (grown, closed, count) = (_grown.Task, _closed, _told);
            }

            // No further than what was whole when it was looked at.
            for (; next <= count; next++)
            {
                if (ReadOne(file, isWanted: next >= from) is { } happened)
                {
                    yield return happened;
                }
            }

            if (closed)
            {
                yield break;
            }

            await grown.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Reads the events of a run that has ended, also one of an earlier start of the agent.</summary>
    /// <param name="path">The file; one that is not there has none.</param>
    /// <param name="from">First one wanted; 0 or 1 for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<Wire.RunEvent> ReadAsync(string path, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        await using var file = OpenForReading(path);
        for (var next = 1L; file.Position < file.Length; next++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReadOne(file, isWanted: next >= from) is { } happened)
            {
                yield return happened;
            }
        }
    }

    /// <summary>Closes the file: no event comes after those that there are.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            (_closed, _told) = (true, _count);
            _file.Dispose();
        }

        Wake();
    }

    private byte[] FramesOf(IReadOnlyCollection<Wire.RunEvent> batch)
    {
        var now = _time.GetUtcNow().ToTimestamp();
        var sequence = _count;
        foreach (var happened in batch)
        {
            happened.Sequence = ++sequence;
            happened.Time = now;
        }

        var frames = new byte[batch.Sum(e => LengthBytes + e.CalculateSize())];
        var at = 0;
        foreach (var happened in batch)
        {
            var size = happened.CalculateSize();
            BinaryPrimitives.WriteInt32LittleEndian(frames.AsSpan(at), size);
            happened.WriteTo(frames.AsSpan(at + LengthBytes, size));
            at += LengthBytes + size;
        }

        return frames;
    }

    private static FileStream OpenForReading(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    private static Wire.RunEvent? ReadOne(FileStream file, bool isWanted)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        var start = file.Position;
        if (!SkipOne(file, length, file.Length))
        {
            // Torn by a power cut, and the agent has not been started since: whatever follows is none.
            file.Position = file.Length;
            return null;
        }

        if (!isWanted)
        {
            return null;
        }

        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        file.Position = start + LengthBytes;
        file.ReadExactly(bytes);
        return Wire.RunEvent.Parser.ParseFrom(bytes);
    }

    // Moves over one whole event; stays before one that is not whole.
    private static bool SkipOne(FileStream file, Span<byte> length, long end)
    {
        var start = file.Position;
        if (end - start >= LengthBytes)
        {
            file.ReadExactly(length);
            var size = BinaryPrimitives.ReadInt32LittleEndian(length);
            if (size is >= 0 and <= LargestEvent && size <= end - file.Position)
            {
                file.Position += size;
                return true;
            }
        }

        file.Position = start;
        return false;
    }

    // Lets readers look for what was added.
    private void Wake()
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            _told = _count;
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        grown.SetResult();
    }
}
