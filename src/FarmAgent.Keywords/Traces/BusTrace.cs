using FarmAgent.Robot.Results;

namespace FarmAgent.Keywords.Traces;

/// <summary>
/// The last exchanges of the hardware keywords with the bench. When a keyword fails in a test that touched the bench, they are shown beside it;
/// the same ones are not shown twice. Thread-safe.
/// </summary>
/// <param name="now">The run's time.</param>
internal sealed class BusTrace(Func<DateTimeOffset> now) : IRobotListener
{
    private const int MostKept = 20;

    private readonly Lock _lock = new();
    private readonly List<BusExchange> _kept = [];
    private bool _hasNews;

    /// <summary>Takes an exchange. One that only repeats the last is counted with it, so that polling does not push out what came before.</summary>
    /// <param name="line">What it went over: <c>i2c 0x08</c>, <c>gpio PG11</c>.</param>
    /// <param name="what">What was sent and received.</param>
    /// <param name="outcome">How it ended.</param>
    public void Add(string line, string what, string outcome)
    {
        var time = now();
        lock (_lock)
        {
            _hasNews = true;
            if (_kept is [.., var last] && (last.Line, last.What, last.Outcome) == (line, what, outcome))
            {
                _kept[^1] = last with { Last = time, Count = last.Count + 1 };
                return;
            }

            if (_kept.Count == MostKept)
            {
                _kept.RemoveAt(0);
            }

            _kept.Add(new BusExchange(time, time, line, what, outcome, 1));
        }
    }

    /// <summary>The exchanges as a table; null when there was none since the test began or since they were shown.</summary>
    public string? Take()
    {
        lock (_lock)
        {
            if (!_hasNews)
            {
                return null;
            }

            _hasNews = false;
            return BusTraceTable.Of(_kept);
        }
    }

    /// <inheritdoc/>
    public void StartTest(TestResult test)
    {
        lock (_lock)
        {
            _hasNews = false;
        }
    }
}
