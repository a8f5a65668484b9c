using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Api.Leases;

/// <summary>
/// A lease held by this process: renewed in the background at a third of its time to live, given back on disposal. When it is lost
/// (revoked, expired, agent gone for a whole time to live) <see cref="Lost"/> fires and <see cref="Loss"/> says why.
/// </summary>
public sealed class LeaseHandle : IAsyncDisposable
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(10);

    private readonly FarmClient _client;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewal;
    private Task _watch = Task.CompletedTask;
    private bool _disposed;

    private LeaseHandle(FarmClient client, Lease lease, TimeProvider time)
    {
        _client = client;
        _time = time;
        Lease = lease;
        _renewal = Task.Run(RenewAsync);
    }

    /// <summary>The lease as last renewed.</summary>
    public Lease Lease { get; private set; }

    /// <summary>Its resource name, "leases/…".</summary>
    public string Name => Lease.Name;

    /// <summary>The board's resource name, "boards/…".</summary>
    public string Board => Lease.Board;

    /// <summary>Fires when the lease is lost while it was held.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Why it was lost; null while it holds.</summary>
    public FarmError? Loss { get; private set; }

    /// <summary>Waits in line for a board and holds it.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="request">Board or labels, owner, purpose, time to live, how long to wait.</param>
    /// <param name="waiting">Told of each place in the line; may be null.</param>
    /// <param name="time">Clock of the renewal; null for the system's.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    /// <exception cref="RpcException">Not granted: <c>LEASE_HELD</c>, <c>BOARD_UNKNOWN</c>, …</exception>
    public static async Task<LeaseHandle> AcquireAsync(
        FarmClient client,
        AcquireLeaseRequest request,
        Action<LeaseWaiter>? waiting,
        TimeProvider? time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        using var call = client.Leases.AcquireLease(request, cancellationToken: cancellationToken);
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            var answer = call.ResponseStream.Current;
            if (answer.Lease is not null)
            {
                return new LeaseHandle(client, answer.Lease, time ?? TimeProvider.System);
            }

            if (answer.Waiting is not null)
            {
                waiting?.Invoke(answer.Waiting);
            }
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "the agent ended the line without a lease"));
    }

    /// <summary>From now on tells of others who ask for the board.</summary>
    /// <param name="told">Told who asks and when the lease ends unless it is kept; called on another thread.</param>
    public void TellTakeovers(Action<LeaseTakeover> told)
    {
        ArgumentNullException.ThrowIfNull(told);
        if (_watch.IsCompleted)
        {
            _watch = Task.Run(() => WatchAsync(told));
        }
    }

    /// <summary>Ends the renewal and gives the lease back; the agent puts the board into its safe state. Never throws: an unreachable agent lets the lease expire.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync();
        await _renewal;
        await _watch;
        if (Loss is null)
        {
            try
            {
                await _client.Leases.ReleaseLeaseAsync(
                    new ReleaseLeaseRequest { Name = Name }, deadline: _time.GetUtcNow().UtcDateTime + ReleaseLimit);
            }
            catch (RpcException)
            {
                // Its time to live ends it.
            }
        }

        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task WatchAsync(Action<LeaseTakeover> told)
    {
        try
        {
            using var call = _client.Leases.WatchLease(new WatchLeaseRequest { Name = Name }, cancellationToken: _stop.Token);
            while (await call.ResponseStream.MoveNext(_stop.Token))
            {
                if (call.ResponseStream.Current is { Lease.Takeover: { } takeover, Event: LeaseEvent.TakeoverRequested or LeaseEvent.Snapshot })
                {
                    told(takeover);
                }
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // A notice is a courtesy: the renewal says it if the lease is lost.
        }
    }

    private async Task RenewAsync()
    {
        var held = _time.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            var ttl = Lease.Ttl.ToTimeSpan();
            try
            {
                await Task.Delay(ttl / 3, _time, _stop.Token);
                var answer = await _client.Leases.RenewLeaseAsync(
                    new RenewLeaseRequest { Name = Name }, deadline: _time.GetUtcNow().UtcDateTime + (ttl / 3), cancellationToken: _stop.Token);
                Lease = answer.Lease;
                held = _time.GetTimestamp();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (RpcException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException e)
            {
                var error = FarmError.From(e);
                var isTransient = e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded;
                if (!isTransient || _time.GetElapsedTime(held) >= ttl)
                {
                    Loss = error;
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
    }
}
