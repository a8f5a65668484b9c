using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// Takes what the engine of a run reports of itself, up to a limit. What the agent knows by itself (start, console, end) nobody reports to it.
/// Thread-safe.
/// </summary>
/// <param name="events">Takes the events.</param>
/// <param name="limit">Most bytes of a run.</param>
internal sealed class EngineEvents(RunEventFile events, long limit)
{
    /// <summary>Most bytes of a run, unless a test asks for less.</summary>
    public const long DefaultLimit = 64L << 20;

    private const int MostInBatch = 1_000;
    private const int LargestBatch = 1 << 20;

    private readonly Lock _lock = new();
    private long _bytes;
    private long _dropped;
    private bool _isOver;

    /// <summary>Takes a batch, in order. Does nothing once the run's engine has ended.</summary>
    /// <exception cref="RequestException">An event is none of the engine's, or the batch is too large (<c>REQUEST_INVALID</c>).</exception>
    public void Take(IReadOnlyCollection<Wire.RunEvent> batch)
    {
        if (batch.Count > MostInBatch || batch.Sum(e => (long)e.CalculateSize()) > LargestBatch)
        {
            throw new RequestException("REQUEST_INVALID", $"A batch has at most {MostInBatch} events of at most {LargestBatch >> 20} MiB together. Send smaller ones.");
        }

        if (batch.FirstOrDefault(e => !IsOfTheEngine(e.EventCase)) is { } strange)
        {
            throw new RequestException(
                "REQUEST_INVALID", $"An engine reports suites, tests, keywords and messages; {strange.EventCase} is for the agent to say. Leave it out.");
        }

        lock (_lock)
        {
            if (!_isOver)
            {
                events.Append([.. batch.Where(IsKept)]);
            }
        }
    }

    /// <summary>The engine has ended: nothing more is taken, and what was left out is said.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isOver = true;
            if (_dropped > 0)
            {
                SayDropped();
            }
        }
    }

    private static bool IsOfTheEngine(Wire.RunEvent.EventOneofCase kind) => kind
        is Wire.RunEvent.EventOneofCase.SuiteStarted or Wire.RunEvent.EventOneofCase.SuiteEnded
        or Wire.RunEvent.EventOneofCase.TestStarted or Wire.RunEvent.EventOneofCase.TestEnded
        or Wire.RunEvent.EventOneofCase.KeywordStarted or Wire.RunEvent.EventOneofCase.KeywordEnded
        or Wire.RunEvent.EventOneofCase.LogMessage or Wire.RunEvent.EventOneofCase.Dropped;

    private void SayDropped()
    {
        try
        {
            events.Append(new Wire.RunEvent
            {
                Dropped = new Wire.EventsDropped { Count = _dropped, Why = $"The engine reported more than {limit} bytes of events; the rest is not kept." },
            });
        }
        catch (IOException)
        {
            // A full disk must not turn the run's own verdict into a fault of the agent.
        }
    }

    private bool IsKept(Wire.RunEvent happened)
    {
        _bytes += happened.CalculateSize();
        if (_bytes > limit)
        {
            _dropped++;
            return false;
        }

        return true;
    }
}
