using FarmAgent.Boards.Executors;

namespace FarmAgent.Boards.Leases;

/// <summary>
/// A piece of work of the agent under a lease (a flash). While it is at work its lease may run out but does not end, and its board goes to
/// nobody else. Dispose it when the work has ended.
/// </summary>
public sealed class LeaseOperation : IDisposable
{
    private readonly LeaseManager _manager;
    private readonly CancellationTokenSource _stop = new();
    private int _disposed;

    internal LeaseOperation(LeaseManager manager, Lease lease, LeaseToken token, string what) =>
        (_manager, Lease, Token, What) = (manager, lease, token, what);

    /// <summary>The lease as it was when the work began.</summary>
    public Lease Lease { get; }

    /// <summary>The right to touch the board; it outlives the time to live until the work has ended.</summary>
    public LeaseToken Token { get; }

    /// <summary>What is done, for a person.</summary>
    public string What { get; }

    /// <summary>Cancelled when the work has to stop at its next safe point: the lease was revoked, the agent stops, or a limit passed.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Says that the work has ended.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _manager.EndOperation(this);
            _stop.Dispose();
        }
    }

    internal void Stop()
    {
        if (Volatile.Read(ref _disposed) == 0)
        {
            try
            {
                _stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended at this very moment: there is nothing left to stop.
            }
        }
    }
}
