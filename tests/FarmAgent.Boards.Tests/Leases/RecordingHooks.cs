using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Leases;

namespace FarmAgent.Boards.Tests.Leases;

/// <summary>Keeps what happened, in order; a test may hold a board on its way into the safe state.</summary>
internal sealed class RecordingHooks : ILeaseHooks
{
    private readonly Lock _lock = new();

    public List<LeaseChange> Changes { get; } = [];

    public List<string> Log { get; } = [];

    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    public Func<SettleOccasion, LeaseToken, CancellationToken, Task> Settle { get; set; } = (_, _, _) => Task.CompletedTask;

    public Func<Lease, Task> Prepare { get; set; } = _ => Task.CompletedTask;

    public Func<Lease, Task> CleanUp { get; set; } = _ => Task.CompletedTask;

    public Task PrepareAsync(Lease lease, CancellationToken cancellationToken) => Prepare(lease);

    public Task CleanUpAsync(Lease lease, CancellationToken cancellationToken)
    {
        if (lease.EndReason == "its board could not be prepared")
        {
            Write($"clean up {lease.Board} {lease.Owner} {lease.State}");
        }

        return CleanUp(lease);
    }

    public bool IsAvailable(string board) => !Broken.Contains(board);

    public Task SettleAsync(SettleOccasion occasion, LeaseToken token, CancellationToken cancellationToken)
    {
        Write($"settle {occasion.Board}");
        return Settle(occasion, token, cancellationToken);
    }

    public void Observe(LeaseChange change)
    {
        lock (_lock)
        {
            Changes.Add(change);
        }

        if (change.Kind != LeaseChangeKind.LineChanged)
        {
            Write($"{change.Kind} {change.Board}{(change.Lease is null ? "" : $" {change.Lease.Owner}")}");
        }
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            Log.Add(line);
        }
    }
}
