namespace FarmAgent.Boards.Leases;

/// <summary>
/// Keeps leases across a restart. Only grants and ends are kept, each durable when the task completes; renewals and places in the line
/// are never written. Calls for one board never overlap.
/// </summary>
public interface ILeaseStore
{
    /// <summary>What was kept.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<StoredLeases> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a lease that is about to be granted.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="bootId">Boot during which it is granted.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task SaveGrantedAsync(Lease lease, string bootId, CancellationToken cancellationToken);

    /// <summary>Keeps the new owner and fencing number of a lease.</summary>
    /// <param name="lease">The lease as it is going to be.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task SaveTransferredAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>Keeps the end of a lease.</summary>
    /// <param name="lease">The ended lease.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task SaveEndedAsync(Lease lease, CancellationToken cancellationToken);
}

/// <summary>What a store kept.</summary>
/// <param name="Active">Leases that have no end yet.</param>
/// <param name="LastFences">Highest fencing number ever granted, by board.</param>
public sealed record StoredLeases(IReadOnlyList<StoredLease> Active, IReadOnlyDictionary<string, long> LastFences)
{
    /// <summary>Number that every grant has to exceed, also of boards that are not in <see cref="LastFences"/>; 0 unless earlier numbers were lost.</summary>
    public long FenceFloor { get; init; }

    /// <summary>Of a store that has never kept anything.</summary>
    public static StoredLeases None { get; } = new([], new Dictionary<string, long>(StringComparer.Ordinal));
}

/// <summary>A kept lease.</summary>
/// <param name="Lease">The lease as granted.</param>
/// <param name="BootId">Boot during which it was granted.</param>
public sealed record StoredLease(Lease Lease, string BootId);
