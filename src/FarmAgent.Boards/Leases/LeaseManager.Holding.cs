using FarmAgent.Hardware;

namespace FarmAgent.Boards.Leases;

/// <content>While a lease is held: use moves its end, others may ask for the board, and it may go to another owner.</content>
public sealed partial class LeaseManager
{
    private static readonly TimeSpan DisplayTolerance = TimeSpan.FromSeconds(1);

    /// <summary>Keeps a board although somebody asks for it. That succeeds, too, when nobody does.</summary>
    /// <param name="id">The lease.</param>
    /// <exception cref="RequestException">No such lease (<c>LEASE_UNKNOWN</c>).</exception>
    /// <exception cref="BoardException">It has ended, or an administrator asks (<c>LEASE_LOST</c>, <c>LEASE_TAKEOVER_FIRM</c>).</exception>
    public Lease Keep(string id) => Change(later =>
    {
        var entry = FindInForce(id, board: null);
        if (entry.Takeover is not { } takeover)
        {
            return entry.Lease;
        }

        if (takeover.Asker.Request.IsFirm)
        {
            throw new BoardException(
                "LEASE_TAKEOVER_FIRM",
                $"{takeover.Asker.Request.Owner}, an administrator, asks for {entry.Lease.Board}; that cannot be declined. Finish before {entry.Lease.Takeover!.EndTime:HH:mm:ss} UTC.")
                .With("lease", id);
        }

        takeover.Asker.IsDeclined = true;
        SetTakeover(entry, null, later);
        if (takeover.Asker.Request.Wait == TimeSpan.Zero && _line.IndexOf(takeover.Asker) is >= 0 and var index)
        {
            // It would not have waited for anything but this answer.
            var outcome = HeldFor(index);
            _line.RemoveAt(index);
            Forget(takeover.Asker);
            TellLine(takeover.Asker.Candidates, later);
            takeover.Asker.Complete(outcome);
        }

        return entry.Lease;
    });

    /// <summary>Gives a lease to another owner: same lease, same end, a higher fencing number, so that nothing of the old owner reaches the board any more.</summary>
    /// <param name="id">The lease.</param>
    /// <param name="identity">Identity of the new owner; 1 to 200 characters.</param>
    /// <param name="owner">Name of the new owner, for others to read; at most 200 characters.</param>
    /// <param name="cancellationToken">Ends the waiting, not the transfer.</param>
    /// <exception cref="RequestException">No such lease, or no such owner (<c>LEASE_UNKNOWN</c>, <c>LEASE_REQUEST_INVALID</c>).</exception>
    /// <exception cref="BoardException">It has ended, something is at work under it, or it could not be written down (<c>LEASE_LOST</c>, <c>LEASE_BUSY</c>, <c>LEASE_NOT_KEPT</c>).</exception>
    public async Task<Lease> TransferAsync(string id, string identity, string owner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(owner);
        if (identity.Length is 0 or > LongestText || owner.Length > LongestText)
        {
            throw new RequestException(
                "LEASE_REQUEST_INVALID", $"'{identity}' cannot be an owner: an identity has 1 to {LongestText} characters. Name the one that farmctl agent shows the new owner.");
        }

        var (slot, entry, moved) = Change(_ =>
        {
            var found = FindInForce(id, board: null);
            RefuseInTransfer(found);
            if (found.Operations.Count > 0)
            {
                throw new BoardException(
                    "LEASE_BUSY", $"{found.Operations[0].What} is at work under lease {id}, so it stays with its owner. Wait for its end, or cancel it.").With("lease", id);
            }

            found.IsTransferring = true;
            var place = _slots[found.Lease.Board];
            return (place, found, found.Lease with { Identity = identity, Owner = owner.Length == 0 ? identity : owner, Fence = ++place.LastFence, RequestId = "" });
        });
        return await MoveAsync(slot, entry, moved).WaitAsync(cancellationToken);
    }

    private async Task<Lease> MoveAsync(BoardSlot slot, LeaseEntry entry, Lease moved)
    {
        using var limit = new CancellationTokenSource(StoreLimit, _time);
        var saving = Started(() => _store.SaveTransferredAsync(moved, limit.Token), limit.Token);
        await saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Change(later =>
        {
            entry.IsTransferring = false;
            if (!saving.IsCompletedSuccessfully)
            {
                var failure = FailureOf(saving);
                throw new BoardException(
                    "LEASE_NOT_KEPT",
                    $"The new owner of lease {moved.Id} could not be written down: {failure.Message} It stays with {entry.Lease.Owner}. Make room or repair the state directory, then try again.",
                    failure);
            }

            FindInForce(moved.Id, board: null);
            _leaseByRequest.Remove((entry.Lease.Identity, entry.Lease.RequestId));
            var present = entry.Lease with { Identity = moved.Identity, Owner = moved.Owner, Fence = moved.Fence, RequestId = "" };
            entry.Lease = present;
            slot.Fence.Open(moved.Fence);
            later.Add(() => _hooks.Observe(new LeaseChange(slot.Board, LeaseChangeKind.Transferred, present)));
            return present;
        });
    }

    private static void RefuseInTransfer(LeaseEntry entry)
    {
        if (entry.IsTransferring)
        {
            throw new BoardException("LEASE_BUSY", $"Lease {entry.Lease.Id} is on its way to another owner. Wait a moment and try again.").With("lease", entry.Lease.Id);
        }
    }

    private void BeginTtl(LeaseEntry entry, TimeSpan now, TimeSpan length)
    {
        (entry.Expires, entry.ToldExpires) = (now + length, now + length);
        entry.ExtensionLimit = now + entry.Lease.ExtendUpTo;
        entry.Lease = entry.Lease with { Ttl = length, ExpireTime = _time.GetUtcNow() + length };
    }

    /// <summary>Who used the board since it was last looked at has one time to live from now, up to the lease's limit.</summary>
    private void FollowUse(TimeSpan now, List<Action> later)
    {
        foreach (var slot in _slots.Values.Where(s => s is { Phase: SlotPhase.Held, Entry.Pending: null }))
        {
            var entry = slot.Entry!;
            if (slot.Fence.Uses is var uses && uses != entry.SeenUses)
            {
                entry.SeenUses = uses;
                var end = now + entry.Lease.Ttl;
                entry.Expires = Max(entry.Expires, end < entry.ExtensionLimit ? end : entry.ExtensionLimit);
            }

            // The wall clock may have been set meanwhile; what is shown follows it, what counts does not.
            var shown = _time.GetUtcNow() + (entry.Expires - now);
            if ((shown - entry.Lease.ExpireTime).Duration() > DisplayTolerance)
            {
                entry.Lease = entry.Lease with { ExpireTime = shown };
            }

            if (entry.Expires - entry.ToldExpires >= entry.Lease.Ttl / 10)
            {
                entry.ToldExpires = entry.Expires;
                var extended = entry.Lease;
                later.Add(() => _hooks.Observe(new LeaseChange(slot.Board, LeaseChangeKind.Renewed, extended)));
            }
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    /// <summary>Tells holders of those in line who ask them to give the board up; each asks once.</summary>
    private void AskHolders(List<Action> later)
    {
        if (_stopped || !_line.Exists(w => w.Request.Takeover && !w.HasAsked))
        {
            return;
        }

        foreach (var (place, waiting) in LeaseScheduler.Positions(Wishes()).Zip(_line))
        {
            if (waiting is { Request.Takeover: true, HasAsked: false }
                && _slots[place.Board] is { Phase: SlotPhase.Held, Entry: { Pending: null, Takeover: null } entry })
            {
                waiting.HasAsked = true;
                SetTakeover(entry, new PendingTakeover(waiting, _bootClock.Now + _options.TakeoverGrace), later);
            }
        }
    }

    private void Withdraw(WaitingRequest waiting, List<Action> later)
    {
        foreach (var entry in _slots.Values.Select(s => s.Entry).OfType<LeaseEntry>().Where(e => e.Takeover?.Asker == waiting))
        {
            SetTakeover(entry, null, later);
        }
    }

    private void SetTakeover(LeaseEntry entry, PendingTakeover? takeover, List<Action> later)
    {
        entry.Takeover = takeover;
        entry.Lease = entry.Lease with
        {
            Takeover = takeover is null
                ? null
                : new LeaseTakeover(
                    takeover.Asker.Request.Owner, takeover.Asker.Request.Purpose, _time.GetUtcNow() + (takeover.At - _bootClock.Now), takeover.Asker.Request.IsFirm),
        };
        var lease = entry.Lease;
        later.Add(() => _hooks.Observe(new LeaseChange(lease.Board, LeaseChangeKind.TakeoverChanged, lease)));
    }
}
