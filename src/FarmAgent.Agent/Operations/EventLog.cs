using System.Runtime.CompilerServices;

namespace FarmAgent.Agent.Operations;

/// <summary>Events in their order, from 1; any number of readers start anywhere and wait for more until the log is closed. Thread-safe.</summary>
internal sealed class EventLog<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _events = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    /// <summary>Adds an event.</summary>
    /// <param name="make">Makes it from its sequence number.</param>
    public void Append(Func<long, T> make)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _events.Add(make(_events.Count + 1));
            }
        }

        Wake();
    }

    /// <summary>No event comes after those that there are.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }

        Wake();
    }

    /// <summary>Reads events.</summary>
    /// <param name="from">First one wanted; 0 or 1 for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<T> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = (int)Math.Max(0, from - 1);
        while (true)
        {
            T[] found;
            bool closed;
            Task grown;
            lock (_lock)
            {
                found = next < _events.Count ? [.. _events.Skip(next)] : [];
                (closed, grown) = (_closed, _grown.Task);
            }

            foreach (var one in found)
            {
                yield return one;
            }

            next += found.Length;
            if (found.Length == 0)
            {
                if (closed)
                {
                    yield break;
                }

                await grown.WaitAsync(cancellationToken);
            }
        }
    }

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
