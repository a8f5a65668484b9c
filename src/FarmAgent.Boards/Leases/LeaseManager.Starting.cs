namespace FarmAgent.Boards.Leases;

/// <content>The start of the agent: what was kept goes on or ends, and every board is brought into its safe state first.</content>
public sealed partial class LeaseManager
{
    /// <summary>
    /// Reads what was kept and makes boards available. A lease of this same boot goes on: its board is put into the safe state, then it has
    /// one time to live with its old fencing number. A lease of an earlier boot has ended.
    /// </summary>
    /// <param name="cancellationToken">Ends the start.</param>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var stored = await _store.LoadAsync(cancellationToken);
        var goingOn = new Dictionary<string, Lease>(StringComparer.Ordinal);
        var gone = new List<Lease>();
        foreach (var kept in stored.Active.OrderByDescending(l => l.Lease.Fence))
        {
            if (EndOf(kept, stored, goingOn) is { } reason)
            {
                var ended = kept.Lease with { State = LeaseState.Expired, EndReason = reason, EndTime = _time.GetUtcNow() };
                await SaveEndAsync(ended);
                gone.Add(ended);
            }
            else
            {
                goingOn[kept.Lease.Board] = kept.Lease;
            }
        }

        lock (_lock)
        {
            foreach (var slot in _slots.Values)
            {
                slot.LastFence = Math.Max(
                    Math.Max(stored.FenceFloor, stored.LastFences.GetValueOrDefault(slot.Board)), goingOn.GetValueOrDefault(slot.Board)?.Fence ?? 0);
            }
        }

        await Task.WhenAll(_slots.Values.Select(s => StartBoardAsync(s, goingOn.GetValueOrDefault(s.Board), gone))).WaitAsync(cancellationToken);
    }

    private string? EndOf(StoredLease kept, StoredLeases stored, Dictionary<string, Lease> goingOn)
    {
        if (!string.Equals(kept.BootId, _bootClock.BootId, StringComparison.Ordinal))
        {
            return "the host was booted again";
        }

        if (!_slots.ContainsKey(kept.Lease.Board))
        {
            return "its board is no longer configured";
        }

        // A later one may have come and gone while the end of this one could not be written down.
        return goingOn.ContainsKey(kept.Lease.Board) || stored.LastFences.GetValueOrDefault(kept.Lease.Board) > kept.Lease.Fence ? "a later lease of the board was granted" : null;
    }

    private async Task StartBoardAsync(BoardSlot slot, Lease? goingOn, IEnumerable<Lease> gone)
    {
        await SettleAsync(new SettleOccasion(slot.Board, Ended: null, goingOn), slot.Fence.EnterMaintenance());
        foreach (var ended in gone.Where(l => l.Board == slot.Board))
        {
            await CleanUpAsync(ended);
        }

        Change(later =>
        {
            if (goingOn is null)
            {
                Free(slot, later);
                return true;
            }

            var entry = new LeaseEntry(goingOn);
            Enforce(slot, entry);
            Register(entry);
            var restored = entry.Lease;
            later.Add(() => _hooks.Observe(new LeaseChange(slot.Board, LeaseChangeKind.Restored, restored)));
            return true;
        });
    }
}
