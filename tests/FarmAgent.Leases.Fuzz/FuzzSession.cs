using System.Collections.Concurrent;

namespace FarmAgent.Leases.Fuzz;

/// <summary>Runs many schedules on several threads.</summary>
internal sealed class FuzzSession(long seed)
{
    private const int ReportEvery = 10_000;

    private readonly FuzzTotals _totals = new();

    /// <summary>Schedules that broke a promise, with what broke.</summary>
    public ConcurrentQueue<(long Schedule, string Problem)> Problems { get; } = new();

    /// <summary>What happened in all of them, so that a fuzz that reaches nothing is seen.</summary>
    public FuzzTotals Totals => _totals;

    public async Task RunAsync(long first, long count, int jobs, Action<long> report)
    {
        var (next, done) = (first - 1, 0L);
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < first + count)
            {
                await using var schedule = new FuzzSchedule(seed, number);
                if (await schedule.RunAsync() is { } problem)
                {
                    Problems.Enqueue((number, problem));
                }

                _totals.Add(schedule.Totals);
                if (Interlocked.Increment(ref done) is var now && now % ReportEvery == 0)
                {
                    report(now);
                }
            }
        })));
    }
}

/// <summary>Counts of what happened.</summary>
internal sealed class FuzzTotals
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Count(string what)
    {
        lock (_lock)
        {
            _counts[what] = _counts.GetValueOrDefault(what) + 1;
        }
    }

    public void Add(FuzzTotals other)
    {
        KeyValuePair<string, long>[] counts;
        lock (other._lock)
        {
            counts = [.. other._counts];
        }

        lock (_lock)
        {
            foreach (var (what, count) in counts)
            {
                _counts[what] = _counts.GetValueOrDefault(what) + count;
            }
        }
    }

    public long this[string what] => _counts.GetValueOrDefault(what);

    public override string ToString() => string.Join(", ", _counts.Select(c => $"{c.Value} {c.Key}"));
}
