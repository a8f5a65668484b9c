using FarmAgent.Hardware;

namespace FarmAgent.Agent.Operations;

/// <summary>The operations at work and the latest that have ended, found by name or by the client's own id.</summary>
/// <param name="ended">Told of each that has ended.</param>
internal sealed class OperationBook(Action<FlashOperation>? ended = null)
{
    private const int MostKept = 200;

    private readonly Lock _lock = new();
    private readonly List<FlashOperation> _all = [];

    /// <summary>All that have not ended.</summary>
    public IReadOnlyList<FlashOperation> AtWork
    {
        get
        {
            lock (_lock)
            {
                return [.. _all.Where(o => !o.Ended.IsCompleted)];
            }
        }
    }

    /// <summary>The operation of this identity with this request id, or a new one.</summary>
    /// <param name="identity">Who asks.</param>
    /// <param name="requestId">His id; empty always makes a new one.</param>
    /// <param name="make">Makes a new one.</param>
    /// <param name="isNew">True when it was made now.</param>
    public FlashOperation GetOrAdd(string identity, string requestId, Func<FlashOperation> make, out bool isNew)
    {
        lock (_lock)
        {
            var known = requestId.Length == 0 ? null : _all.LastOrDefault(o => o.RequestId == requestId && o.Identity == identity);
            isNew = known is null;
            if (known is not null)
            {
                return known;
            }

            var added = make();
            _all.Add(added);
            if (ended is not null)
            {
                _ = added.Ended.ContinueWith(_ => ended(added), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }

            if (_all.Count > MostKept && _all.FindIndex(o => o.Ended.IsCompleted) is >= 0 and var oldest)
            {
                _all[oldest].Dispose();
                _all.RemoveAt(oldest);
            }

            return added;
        }
    }

    /// <summary>Finds an operation.</summary>
    /// <param name="name">"operations/…"; empty to go by the id.</param>
    /// <param name="requestId">The client's own id.</param>
    /// <exception cref="RequestException">None of these (<c>OPERATION_UNKNOWN</c>).</exception>
    public FlashOperation Get(string name, string requestId)
    {
        lock (_lock)
        {
            var found = name.Length > 0
                ? _all.FirstOrDefault(o => o.Name == name)
                : _all.LastOrDefault(o => requestId.Length > 0 && o.RequestId == requestId);
            var asked = name.Length > 0 ? $"'{name}'" : $"with request_id '{requestId}'";
            return found ?? throw new RequestException(
                "OPERATION_UNKNOWN",
                $"There is no operation {asked} since this agent started. If it flashed, its receipt is kept: farmctl receipts shows it.").With("operation", name);
        }
    }
}
