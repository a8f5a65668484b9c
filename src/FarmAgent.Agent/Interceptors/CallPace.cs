using System.Collections.Concurrent;
using FarmAgent.Agent.Configuration;
using FarmAgent.Agent.Security;
using FarmAgent.Hardware;

namespace FarmAgent.Agent.Interceptors;

/// <summary>How fast each identity of the network may begin calls: a bucket that fills at the rate and holds two seconds of it. Thread-safe.</summary>
internal sealed class CallPace(CallLimits limits, TimeProvider time)
{
    private const int MostKnown = 2_000;
    private const double BurstSeconds = 2;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one call's share.</summary>
    /// <exception cref="RequestException">Too many at once (<c>RATE_LIMITED</c>).</exception>
    public void Take(Caller caller)
    {
        if (!caller.IsRemote)
        {
            return;
        }

        if (_buckets.Count > MostKnown)
        {
            // Full buckets know nothing that a new one does not; who is in mid-burst gets a new one, too, which is bounded by the count.
            _buckets.Clear();
        }

        var bucket = _buckets.GetOrAdd(caller.Identity, _ => new Bucket(limits.CallsPerSecond * BurstSeconds, time.GetTimestamp()));
        if (!bucket.TryTake(limits.CallsPerSecond, limits.CallsPerSecond * BurstSeconds, time))
        {
            throw new RequestException(
                "RATE_LIMITED", $"{caller.Identity} begins more than {limits.CallsPerSecond} calls a second, which is the limit (limits.calls_per_second). Wait a second; use the streaming calls for many transfers.");
        }
    }

    private sealed class Bucket(double tokens, long last)
    {
        private readonly Lock _lock = new();
        private double _tokens = tokens;
        private long _last = last;

        public bool TryTake(double rate, double most, TimeProvider time)
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                _tokens = Math.Min(most, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * rate));
                _last = now;
                if (_tokens < 1)
                {
                    return false;
                }

                _tokens--;
                return true;
            }
        }
    }
}
