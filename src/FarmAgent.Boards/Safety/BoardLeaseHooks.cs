using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Sessions;

namespace FarmAgent.Boards.Safety;

/// <summary>What leases ask of the boards: the safe state between two leases, and whether a board can be used.</summary>
/// <param name="fleet">The boards.</param>
/// <param name="keeper">Brings them into the safe state.</param>
/// <param name="observe">Told of everything that happens to leases; must not throw.</param>
public sealed class BoardLeaseHooks(BoardFleet fleet, SafeStateKeeper keeper, Action<LeaseChange> observe) : ILeaseHooks
{
    /// <inheritdoc/>
    public bool IsAvailable(string board) => fleet.Get(board).IsAvailable;

    /// <inheritdoc/>
    public Task SettleAsync(SettleOccasion occasion, LeaseToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(occasion);
        return keeper.ApplyAsync(fleet.Get(occasion.Board), token, cancellationToken);
    }

    /// <inheritdoc/>
    public void Observe(LeaseChange change) => observe(change);
}
