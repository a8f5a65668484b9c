using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Events;

/// <summary>
/// Events on their way to the agent, bounded: the engine never waits. When it is half full, keywords and messages are left out; when it is full, everything is.
/// What was left out is counted, and said in its place. Thread-safe.
/// </summary>
/// <param name="capacity">Most events that wait.</param>
internal sealed class EventQueue(int capacity) : IDisposable
{
    private const int MostInBatch = 1_000;
    private const int LargestBatch = 512 * 1024;
    private const string Why = "The engine was faster than its events could be taken.";

    private readonly Lock _lock = new();
    private readonly Queue<RunEvent> _waiting = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private long _dropped;
    private bool _isComplete;

    /// <summary>Takes an event, or counts it as left out.</summary>
    public void Add(RunEvent happened)
    {
        var isDetail = happened.EventCase is RunEvent.EventOneofCase.KeywordStarted or RunEvent.EventOneofCase.KeywordEnded or RunEvent.EventOneofCase.LogMessage;
        lock (_lock)
        {
            if (_waiting.Count >= (isDetail ? capacity / 2 : capacity))
            {
                _dropped++;
                return;
            }

            SayDropped();
            _waiting.Enqueue(happened);
            Wake();
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            SayDropped();
            _isComplete = true;
            Wake();
        }
    }

    /// <summary>Waits for events and takes as many as fit into one message.</summary>
    /// <returns>Null when nothing more comes.</returns>
    public async Task<ReportRunEventsRequest?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_waiting.Count > 0)
                {
                    return TakeBatch();
                }

                if (_isComplete)
                {
                    return null;
                }
            }

            await _arrived.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _arrived.Dispose();

    private ReportRunEventsRequest TakeBatch()
    {
        var batch = new ReportRunEventsRequest();
        var bytes = 0;
        while (batch.Events.Count < MostInBatch && bytes < LargestBatch && _waiting.TryDequeue(out var next))
        {
            bytes += next.CalculateSize();
            batch.Events.Add(next);
        }

        return batch;
    }

    private void SayDropped()
    {
        if (_dropped > 0)
        {
            _waiting.Enqueue(new RunEvent { Dropped = new EventsDropped { Count = _dropped, Why = Why } });
            _dropped = 0;
        }
    }

    private void Wake()
    {
        if (_arrived.CurrentCount == 0)
        {
            _arrived.Release();
        }
    }
}
