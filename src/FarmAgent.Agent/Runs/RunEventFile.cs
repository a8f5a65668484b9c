using System.Runtime.CompilerServices;
using System.Text;
using FarmAgent.Agent.Stores;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>The events of a run in one file that is only added to; readers follow it, and find it again after a restart.</summary>
internal sealed class RunEventFile : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _writer;
    private readonly string _path;
    private readonly TimeProvider _time;
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;
    private bool _closed;

    public RunEventFile(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
        _writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read), new UTF8Encoding(false)) { AutoFlush = true };
    }

    /// <summary>Adds an event; sequence and time are filled in.</summary>
    public void Append(Wire.RunEvent happened)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            happened.Sequence = ++_count;
            happened.Time = _time.GetUtcNow().ToTimestamp();
            _writer.WriteLine(Documents.Format(happened));
        }

        Wake();
    }

    /// <summary>Reads events, and waits for more until the run has ended.</summary>
    /// <param name="from">First one wanted; 0 or 1 for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<Wire.RunEvent> FollowAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = Open(_path);
        while (true)
        {
            Task grown;
            bool closed;
            lock (_lock)
            {
                (grown, closed) = (_grown.Task, _closed);
            }

            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (Documents.ReadRunEvent(line) is var happened && happened.Sequence >= from)
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
    public static async IAsyncEnumerable<Wire.RunEvent> ReadAsync(string path, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var reader = Open(path);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            // A power cut may have left half a line at the end.
            if (line.EndsWith('}') && Documents.ReadRunEvent(line) is var happened && happened.Sequence >= from)
            {
                yield return happened;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            _writer.Dispose();
        }

        Wake();
    }

    private static StreamReader Open(string path) => new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

    private void Wake()
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        grown.SetResult();
    }
}
