using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Sessions;

namespace FarmAgent.Agent.Hosting;

/// <summary>
/// The moment that firmware needs after a reset before it can answer, on the bench's clock. Without it the first call after a reset would
/// race with the firmware's start, and on a lockstep bench, where only calls move time, always win.
/// </summary>
internal static class BootPause
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(50);

    public static void Wait(BoardSession session, CancellationToken cancellationToken) => session.Backend.Waiter.Wait(Length, cancellationToken);
}

/// <summary>Lets firmware boot before a board that was brought into its safe state is handed on.</summary>
internal sealed class BootingHooks(ILeaseHooks hooks, BoardFleet fleet) : ILeaseHooks
{
    public bool IsAvailable(string board) => hooks.IsAvailable(board);

    public async Task SettleAsync(SettleOccasion occasion, LeaseToken token, CancellationToken cancellationToken)
    {
        await hooks.SettleAsync(occasion, token, cancellationToken);
        await Task.Run(() => BootPause.Wait(fleet.Get(occasion.Board), cancellationToken), cancellationToken);
    }

    public Task PrepareAsync(Lease lease, CancellationToken cancellationToken) => hooks.PrepareAsync(lease, cancellationToken);

    public Task CleanUpAsync(Lease lease, CancellationToken cancellationToken) => hooks.CleanUpAsync(lease, cancellationToken);

    public void Observe(LeaseChange change) => hooks.Observe(change);
}
