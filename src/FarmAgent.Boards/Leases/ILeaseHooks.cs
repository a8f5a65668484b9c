using FarmAgent.Boards.Executors;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Leases;

/// <summary>What leases ask of the rest of the agent.</summary>
public interface ILeaseHooks
{
    /// <summary>Whether a board can be used now; a request by labels passes over boards that cannot. Must answer at once, from memory.</summary>
    /// <param name="board">Name of the board.</param>
    bool IsAvailable(string board);

    /// <summary>Brings a board into its safe state, between two leases and at the start of the agent.</summary>
    /// <param name="occasion">Why.</param>
    /// <param name="token">The agent's own right to touch the board, good until the next lease.</param>
    /// <param name="cancellationToken">Cancelled when the limit has passed; the board is then handed on all the same.</param>
    Task SettleAsync(SettleOccasion occasion, LeaseToken token, CancellationToken cancellationToken);

    /// <summary>Prepares a board for a lease that is written down and not yet in force.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Cancelled when the limit has passed.</param>
    /// <exception cref="FarmException">The board is not ready: the lease is not granted.</exception>
    Task PrepareAsync(Lease lease, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Cleans up after a lease, its board being in the safe state.</summary>
    /// <param name="lease">The ended lease.</param>
    /// <param name="cancellationToken">Cancelled when the limit has passed.</param>
    Task CleanUpAsync(Lease lease, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Told of everything that happens, outside of any lock, for logs and watchers. Must not throw.</summary>
    /// <param name="change">What happened.</param>
    void Observe(LeaseChange change);
}

/// <summary>Why a board is brought into its safe state.</summary>
/// <param name="Board">Name of the board.</param>
/// <param name="Ended">The lease that ended; null at the start of the agent.</param>
/// <param name="Restored">The lease that goes on after a restart of the agent; null otherwise.</param>
public sealed record SettleOccasion(string Board, Lease? Ended, Lease? Restored);

/// <summary>Something that happened to a board's leases.</summary>
/// <param name="Board">Name of the board.</param>
/// <param name="Kind">What.</param>
/// <param name="Lease">The lease it happened to, if it concerns one.</param>
/// <param name="Problem">What went wrong, for <see cref="LeaseChangeKind.Trouble"/>.</param>
public sealed record LeaseChange(string Board, LeaseChangeKind Kind, Lease? Lease, Exception? Problem = null);

/// <summary>What happened to a lease.</summary>
public enum LeaseChangeKind
{
    /// <summary>It was granted.</summary>
    Granted,

    /// <summary>It goes on after a restart of the agent.</summary>
    Restored,

    /// <summary>Its time to live began again.</summary>
    Renewed,

    /// <summary>Its holder is asked to give the board up, or no longer is.</summary>
    TakeoverChanged,

    /// <summary>It has another owner and a new fencing number.</summary>
    Transferred,

    /// <summary>It ended; the board is not free yet.</summary>
    Ended,

    /// <summary>The board is free for the next in line.</summary>
    BoardFree,

    /// <summary>The line for the board changed.</summary>
    LineChanged,

    /// <summary>Keeping it or bringing the board into its safe state failed; leases go on.</summary>
    Trouble,
}
