using FarmAgent.Boards.Executors;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Leases;

/// <content>Ends, and the way into the safe state.</content>
public sealed partial class LeaseManager
{
    /// <summary>Gives a lease back and waits until its board is in its safe state. Releasing an ended lease succeeds.</summary>
    /// <param name="id">The lease.</param>
    /// <param name="cancellationToken">Ends the waiting, not the release.</param>
    /// <exception cref="RequestException">No such lease (<c>LEASE_UNKNOWN</c>).</exception>
    public Task<Lease> ReleaseAsync(string id, CancellationToken cancellationToken) =>
        EndAsync(id, LeaseState.Released, "given back by its owner", stopOperations: false, cancellationToken);

    /// <summary>Takes a lease away. Operations under it are told to stop at their next safe point.</summary>
    /// <param name="id">The lease.</param>
    /// <param name="by">Who takes it away, for its owner to read.</param>
    /// <param name="cancellationToken">Ends the waiting, not the revocation.</param>
    /// <exception cref="RequestException">No such lease (<c>LEASE_UNKNOWN</c>).</exception>
    public Task<Lease> RevokeAsync(string id, string by, CancellationToken cancellationToken) =>
        EndAsync(id, LeaseState.Revoked, $"taken away by {by}", stopOperations: true, cancellationToken);

    /// <summary>Begins a piece of work that the end of the lease has to wait for.</summary>
    /// <param name="leaseId">The lease.</param>
    /// <param name="board">The board that is worked on.</param>
    /// <param name="what">What is done, for a person, for example <c>flash of app.elf</c>.</param>
    /// <exception cref="RequestException">No such lease, or one of another board (<c>LEASE_UNKNOWN</c>, <c>LEASE_OF_OTHER_BOARD</c>).</exception>
    /// <exception cref="BoardException">It has ended (<c>LEASE_LOST</c>).</exception>
    public LeaseOperation BeginOperation(string leaseId, string board, string what) => Change(_ =>
    {
        var entry = FindInForce(leaseId, board);
        RefuseInTransfer(entry);
        var operation = new LeaseOperation(this, entry.Lease, _slots[board].Fence.TokenFor(LeaseTokenKind.Operation, entry.Lease.Fence), what);
        entry.Operations.Add(operation);
        return operation;
    });

    internal void EndOperation(LeaseOperation operation) => Change(later =>
    {
        var slot = _slots[operation.Lease.Board];
        if (_leases.TryGetValue(operation.Lease.Id, out var entry) && entry.Operations.Remove(operation)
            && entry.Operations.Count == 0 && entry.Pending is { } pending && slot.Entry == entry)
        {
            End(slot, entry, pending.State, pending.Reason, later);
        }

        return true;
    });

    private async Task<Lease> EndAsync(string id, LeaseState state, string reason, bool stopOperations, CancellationToken cancellationToken)
    {
        var entry = Change(later =>
        {
            var found = EndNowOrLater(id, state, reason, later);
            if (stopOperations && found.Pending is { Told: false } pending)
            {
                TellOperations(found, pending, later);
            }

            return found;
        });
        await entry.Settled.Task.WaitAsync(cancellationToken);
        return Get(id);
    }

    private LeaseEntry EndNowOrLater(string id, LeaseState state, string reason, List<Action> later)
    {
        var entry = Find(id);
        var slot = _slots[entry.Lease.Board];
        if (entry.Lease.State == LeaseState.Active && entry.Pending is null && slot.Entry == entry)
        {
            if (entry.Operations.Count == 0)
            {
                End(slot, entry, state, reason, later);
            }
            else
            {
                entry.Pending = new LeaseEnding(state, reason) { StopAt = _bootClock.Now + _options.OperationLimit };
                slot.Fence.Drain();
            }
        }

        return entry;
    }

    private void EndWhatIsDue(List<Action> later)
    {
        var now = _bootClock.Now;
        FollowUse(now, later);
        foreach (var slot in _slots.Values.Where(s => s.Phase == SlotPhase.Held && s.Entry!.Due <= now).ToList())
        {
            var entry = slot.Entry!;
            if (entry.Pending is null && entry.Takeover is { } takeover && takeover.At <= now)
            {
                EndNowOrLater(entry.Lease.Id, LeaseState.TakenOver, $"{takeover.Asker.Request.Owner} asked for the board and its holder did not keep it", later);
            }
            else if (entry.Pending is not { } pending)
            {
                EndNowOrLater(entry.Lease.Id, LeaseState.Expired, $"not renewed within {entry.Lease.Ttl.TotalSeconds:0} s", later);
            }
            else if (!pending.Told)
            {
                TellOperations(entry, pending, later);
            }
            else
            {
                End(slot, entry, pending.State, $"{pending.Reason}; {entry.Operations[0].What} did not stop in time", later);
            }
        }
    }

    private void TellOperations(LeaseEntry entry, LeaseEnding pending, List<Action> later)
    {
        (pending.Told, pending.ForceAt) = (true, _bootClock.Now + _options.StopLimit);
        later.AddRange(entry.Operations.Select(o => (Action)o.Stop));
    }

    private void End(BoardSlot slot, LeaseEntry entry, LeaseState state, string reason, List<Action> later)
    {
        var token = slot.Fence.EnterMaintenance();
        entry.Lease = entry.Lease with { State = state, EndReason = reason, EndTime = _time.GetUtcNow(), Takeover = null };
        entry.Takeover = null;
        var held = _bootClock.Now - entry.Granted;
        slot.MeanHold = slot.MeanHold is { } mean ? ((mean * 3) + held) / 4 : held;
        (slot.Phase, slot.Entry) = (SlotPhase.Settling, null);
        Remember(entry);
        var ended = entry.Lease;
        later.Add(() => _hooks.Observe(new LeaseChange(slot.Board, LeaseChangeKind.Ended, ended)));
        later.Add(() => _work.Start(() => SettleAfterAsync(slot, entry, token)));
    }

    private async Task SettleAfterAsync(BoardSlot slot, LeaseEntry entry, LeaseToken token)
    {
        await SaveEndAsync(entry.Lease);
        await SettleAsync(new SettleOccasion(slot.Board, entry.Lease, Restored: null), token);
        await CleanUpAsync(entry.Lease);
        Change(later =>
        {
            Free(slot, later);
            return true;
        });
        entry.Settled.TrySetResult();
    }

    private void Free(BoardSlot slot, List<Action> later)
    {
        (slot.Phase, slot.Entry) = (SlotPhase.Free, null);
        slot.Fence.Close();
        later.Add(() => _hooks.Observe(new LeaseChange(slot.Board, LeaseChangeKind.BoardFree, null)));
    }

    private async Task SaveEndAsync(Lease ended)
    {
        using var limit = new CancellationTokenSource(StoreLimit, _time);
        var saving = Started(() => _store.SaveEndedAsync(ended, limit.Token), limit.Token);
        await saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Report(ended.Board, ended, saving);
    }

    private async Task SettleAsync(SettleOccasion occasion, LeaseToken token)
    {
        using var limit = new CancellationTokenSource(_options.SettleLimit, _time);
        var settling = Started(() => _hooks.SettleAsync(occasion, token, limit.Token), limit.Token);
        await settling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Report(occasion.Board, occasion.Ended ?? occasion.Restored, settling);
    }

    private async Task CleanUpAsync(Lease ended)
    {
        using var limit = new CancellationTokenSource(_options.HookLimit, _time);
        var cleaning = Started(() => _hooks.CleanUpAsync(ended, limit.Token), limit.Token);
        await cleaning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Report(ended.Board, ended, cleaning);
    }

    private void Report(string board, Lease? lease, Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            _hooks.Observe(new LeaseChange(board, LeaseChangeKind.Trouble, lease, FailureOf(task)));
        }
    }

    private void Remember(LeaseEntry entry)
    {
        _ended.Enqueue(entry);
        while (_ended.Count > _options.RememberedLeases)
        {
            var oldest = _ended.Dequeue().Lease;
            _leases.Remove(oldest.Id);
            _leaseByRequest.Remove((oldest.Identity, oldest.RequestId));
        }
    }

    /// <summary>Calls something that may fail in any way; the failure is in the task. The task also ends when the limit has passed.</summary>
    private static async Task Started(Func<Task> call, CancellationToken limit) => await call().WaitAsync(limit);

    private static Exception FailureOf(Task task) =>
        task.Exception?.InnerException ?? new TimeoutException("It did not end within its limit.");
}
