using FarmAgent.Boards;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Leases;

namespace FarmAgent.Leases.Fuzz;

/// <summary>The way into the safe state, which may fail, hang, or come too late; and what grants say of fences.</summary>
internal sealed class FuzzHooks(IReadOnlyDictionary<string, FuzzBoard> boards, FuzzTime process, FuzzTotals totals, FuzzFences fences) : ILeaseHooks
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _hanging = [];

    public bool SettleFails { get; set; }

    public bool SettleHangs { get; set; }

    public bool PrepareFails { get; set; }

    public bool IsAvailable(string board) => true;

    public async Task SettleAsync(SettleOccasion occasion, LeaseToken token, CancellationToken cancellationToken)
    {
        var board = boards[occasion.Board];
        if (SettleFails)
        {
            totals.Count("safe states failed");
            board.Excuse();
            throw new BoardException("SAFE_STATE", "the probe is gone");
        }

        if (SettleHangs)
        {
            totals.Count("safe states late");
            board.Excuse();
            var gate = new TaskCompletionSource();
            lock (_lock)
            {
                _hanging.Add(gate);
            }

            await gate.Task;
        }

        if (process.IsAlive && board.Settle(token))
        {
            totals.Count("safe states");
        }
    }

    public Task PrepareAsync(Lease lease, CancellationToken cancellationToken) =>
        PrepareFails ? Task.FromException(new BoardException("LEASE_HOOK_FAILED", "no power")) : Task.CompletedTask;

    public void Observe(LeaseChange change)
    {
        if (process.IsAlive)
        {
            totals.Count(change.Kind.ToString());
            if (change is { Kind: LeaseChangeKind.Ended, Lease: { } ended })
            {
                totals.Count($"ended {ended.State}");
                boards[change.Board].Over(ended.Fence);
            }
            else if (change is { Kind: LeaseChangeKind.Restored, Lease: { } restored })
            {
                boards[change.Board].Restored(restored);
            }
            else if (change is { Kind: LeaseChangeKind.Granted or LeaseChangeKind.Transferred, Lease: { } lease })
            {
                fences.Granted(lease);
                boards[change.Board].Over(lease.Fence - 1);
            }
        }
    }

    /// <summary>Lets what hangs go on: it comes too late, or not.</summary>
    public void Go()
    {
        TaskCompletionSource[] all;
        lock (_lock)
        {
            all = [.. _hanging];
            _hanging.Clear();
        }

        foreach (var gate in all)
        {
            gate.TrySetResult();
        }
    }
}

/// <summary>Fencing numbers are given once, over all processes.</summary>
internal sealed class FuzzFences
{
    private readonly Lock _lock = new();
    private readonly HashSet<(string Board, long Fence)> _given = [];

    public string? Problem { get; private set; }

    public void Granted(Lease lease)
    {
        lock (_lock)
        {
            if (!_given.Add((lease.Board, lease.Fence)))
            {
                Problem ??= $"fence {lease.Fence} of {lease.Board} was given twice, now to {lease.Owner} ({lease.Id})";
            }
        }
    }
}
