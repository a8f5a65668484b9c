using FarmAgent.Boards.Leases;

namespace FarmAgent.Leases.Fuzz;

/// <summary>What is on the disk; it outlives processes. Writes may fail, with or without effect, or take long; they keep their order.</summary>
internal sealed class FuzzDisk(Random random)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredLease> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _fences = new(StringComparer.Ordinal);
    private readonly Queue<(Action Apply, TaskCompletionSource Done)> _held = new();

    public bool Fails { get; set; }

    public bool Holds { get; set; }

    public StoredLeases Load()
    {
        lock (_lock)
        {
            return new StoredLeases([.. _leases.Values.Where(l => l.Lease.State == LeaseState.Active)], new Dictionary<string, long>(_fences, StringComparer.Ordinal));
        }
    }

    public Task WriteAsync(Lease lease, string? bootId)
    {
        var done = new TaskCompletionSource();
        lock (_lock)
        {
            if (Fails)
            {
                if (random.Next(2) == 0)
                {
                    Apply(lease, bootId);
                }

                return Task.FromException(new IOException("the disk refuses"));
            }

            if (Holds)
            {
                _held.Enqueue((() => Apply(lease, bootId), done));
                return done.Task;
            }

            Apply(lease, bootId);
            return Task.CompletedTask;
        }
    }

    /// <summary>Ends the oldest write that takes long, or all.</summary>
    public void Go(bool all, bool crashed)
    {
        while (true)
        {
            TaskCompletionSource done;
            lock (_lock)
            {
                if (!_held.TryDequeue(out var held))
                {
                    return;
                }

                if (!crashed || random.Next(2) == 0)
                {
                    held.Apply();
                }

                done = held.Done;
            }

            if (!crashed)
            {
                done.TrySetResult();
            }

            if (!all)
            {
                return;
            }
        }
    }

    private void Apply(Lease lease, string? bootId)
    {
        _leases[lease.Id] = new StoredLease(lease, bootId ?? _leases.GetValueOrDefault(lease.Id)?.BootId ?? "");
        _fences[lease.Board] = Math.Max(_fences.GetValueOrDefault(lease.Board), lease.Fence);
    }
}

/// <summary>The disk as one process sees it; it sees nothing any more once that is dead.</summary>
internal sealed class FuzzStore(FuzzDisk disk, FuzzTime process) : ILeaseStore
{
    public Task<StoredLeases> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(disk.Load());

    public Task SaveGrantedAsync(Lease lease, string bootId, CancellationToken cancellationToken) => Write(lease, bootId);

    public Task SaveTransferredAsync(Lease lease, CancellationToken cancellationToken) => Write(lease, null);

    public Task SaveEndedAsync(Lease lease, CancellationToken cancellationToken) => Write(lease, null);

    private Task Write(Lease lease, string? bootId) => process.IsAlive ? disk.WriteAsync(lease, bootId) : new TaskCompletionSource().Task;
}
