using FarmAgent.Boards.Leases;

namespace FarmAgent.Boards.Tests.Leases;

/// <summary>A store that outlives managers, as a database outlives agents.</summary>
internal sealed class MemoryLeaseStore : ILeaseStore
{
    private readonly Dictionary<string, StoredLease> _leases = new(StringComparer.Ordinal);

    public int Writes { get; private set; }

    public Exception? Failure { get; set; }

    public Lease this[string id] => _leases[id].Lease;

    public Task<StoredLeases> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(new StoredLeases(
        [.. _leases.Values.Where(l => l.Lease.State == LeaseState.Active)],
        _leases.Values.GroupBy(l => l.Lease.Board).ToDictionary(g => g.Key, g => g.Max(l => l.Lease.Fence), StringComparer.Ordinal)));

    public Task SaveGrantedAsync(Lease lease, string bootId, CancellationToken cancellationToken) => Save(new StoredLease(lease, bootId));

    public Task SaveTransferredAsync(Lease lease, CancellationToken cancellationToken) => Save(new StoredLease(lease, _leases[lease.Id].BootId));

    public Task SaveEndedAsync(Lease lease, CancellationToken cancellationToken) => Save(new StoredLease(lease, ""));

    private Task Save(StoredLease lease)
    {
        if (Failure is not null)
        {
            return Task.FromException(Failure);
        }

        Writes++;
        _leases[lease.Lease.Id] = lease;
        return Task.CompletedTask;
    }
}
