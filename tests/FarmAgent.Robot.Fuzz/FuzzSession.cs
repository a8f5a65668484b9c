using System.Diagnostics;
using System.Globalization;

namespace FarmAgent.Robot.Fuzz;

/// <summary>Runs many cases on several threads and collects what went wrong, one example for each kind.</summary>
internal sealed class FuzzSession(FuzzCorpus corpus, string folder, long seed)
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, (long Case, string Problem, int Count)> _problems = [];
    private readonly Lock _lock = new();
    private long _next;
    private long _done;
    private (double Seconds, long Case) _slowest;

    /// <summary>Examples by what they have in common.</summary>
    public IReadOnlyDictionary<string, (long Case, string Problem, int Count)> Problems => _problems;

    public (double Seconds, long Case) Slowest => _slowest;

    /// <summary>Runs cases from a number on.</summary>
    /// <param name="first">The first case.</param>
    /// <param name="count">How many.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="progress">Told the number of finished cases now and then.</param>
    public void Run(long first, long count, int jobs, Action<long>? progress = null)
    {
        _next = first;
        var workers = Enumerable.Range(0, jobs).Select(job => new Thread(() => Work(job, first + count, progress)) { IsBackground = true }).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
    }

    private void Work(int job, long end, Action<long>? progress)
    {
        var place = Path.Combine(folder, $"job-{job}");
        var one = new FuzzCase(corpus, place);
        one.Prepare();
        for (var number = Interlocked.Increment(ref _next) - 1; number < end; number = Interlocked.Increment(ref _next) - 1)
        {
            var (text, options) = one.Make(seed, number);

            // If the process dies, this says from which case.
            File.WriteAllText(Path.Combine(place, "case"), number.ToString(CultureInfo.InvariantCulture));
            var started = Stopwatch.GetTimestamp();
            string? problem;
            using (new Timer(_ => Hung(number), null, Hang, Timeout.InfiniteTimeSpan))
            {
                problem = one.Run(text, options);
            }

            Note(number, problem, Stopwatch.GetElapsedTime(started).TotalSeconds);
            var done = Interlocked.Increment(ref _done);
            if (done % 10_000 == 0)
            {
                progress?.Invoke(done);
            }
        }
    }

    private void Hung(long number) => Environment.FailFast($"Case {number} of seed {seed} did not end within {Hang.TotalSeconds} s.");

    private void Note(long number, string? problem, double seconds)
    {
        lock (_lock)
        {
            if (seconds > _slowest.Seconds)
            {
                _slowest = (seconds, number);
            }

            if (problem is not null)
            {
                var key = Key(problem);
                _problems[key] = _problems.TryGetValue(key, out var known) ? known with { Count = known.Count + 1 } : (number, problem, 1);
            }
        }
    }

    // Faults at the same place are one problem.
    private static string Key(string problem) =>
        problem.Split('\n').FirstOrDefault(line => line.TrimStart().StartsWith("at FarmAgent", StringComparison.Ordinal))?.Trim() ?? problem.Split('\n')[0];
}
