using System.Globalization;
using FarmAgent.Agent.Configuration;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Leases;

namespace FarmAgent.Agent.Hooks;

/// <summary>Runs the configured commands before and after a lease.</summary>
internal sealed class LeaseCommandHooks(ILeaseHooks hooks, LeaseSettings settings, TimeProvider time) : ILeaseHooks
{
    public bool IsAvailable(string board) => hooks.IsAvailable(board);

    public Task SettleAsync(SettleOccasion occasion, LeaseToken token, CancellationToken cancellationToken) => hooks.SettleAsync(occasion, token, cancellationToken);

    public async Task PrepareAsync(Lease lease, CancellationToken cancellationToken)
    {
        await RunAsync(settings.Before, "before", lease, cancellationToken);
        await hooks.PrepareAsync(lease, cancellationToken);
    }

    public async Task CleanUpAsync(Lease lease, CancellationToken cancellationToken)
    {
        await hooks.CleanUpAsync(lease, cancellationToken);
        await RunAsync(settings.After, "after", lease, cancellationToken);
    }

    public void Observe(LeaseChange change) => hooks.Observe(change);

    private Task RunAsync(IReadOnlyList<string> command, string occasion, Lease lease, CancellationToken cancellationToken) => command.Count == 0
        ? Task.CompletedTask
        : new HookCommand(command, settings.HookLimit, time).RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["FARM_HOOK"] = occasion,
                ["FARM_BOARD"] = lease.Board,
                ["FARM_LEASE"] = lease.Id,
                ["FARM_FENCE"] = lease.Fence.ToString(CultureInfo.InvariantCulture),
                ["FARM_OWNER"] = lease.Owner,
                ["FARM_IDENTITY"] = lease.Identity,
                ["FARM_PURPOSE"] = lease.Purpose,
                ["FARM_END"] = lease.State == LeaseState.Active ? "" : lease.State.ToString(),
                ["FARM_END_REASON"] = lease.EndReason,
            },
            cancellationToken);
}
