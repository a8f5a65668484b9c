using System.Security.Cryptography;
using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Leases;

/// <content>Asking, waiting and being granted.</content>
public sealed partial class LeaseManager
{
    private const int LongestText = 200;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    /// <summary>Asks for a board and waits in line for it.</summary>
    /// <param name="request">Which board, for whom, how long.</param>
    /// <param name="onPosition">Told the place in the line at first and whenever it changes; null when nobody wants to know.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    /// <returns>The lease, or who holds the board.</returns>
    /// <exception cref="RequestException">
    /// The request cannot be served by anybody: <c>BOARD_UNKNOWN</c>, <c>BOARD_NO_MATCH</c>, <c>LEASE_TTL_INVALID</c>, <c>LEASE_REQUEST_INVALID</c>,
    /// <c>LEASE_REQUEST_ENDED</c>, <c>REQUEST_ID_REUSED</c>.
    /// </exception>
    /// <exception cref="BoardException"><c>LEASE_LINE_FULL</c>, <c>LEASE_NOT_KEPT</c>, <c>AGENT_STOPPING</c>.</exception>
    public async Task<AcquireOutcome> AcquireAsync(
        LeaseRequest request, Func<LeaseWaiter, CancellationToken, Task>? onPosition, CancellationToken cancellationToken)
    {
        CheckRequest(request);
        IReadOnlyList<string> candidates = request.Board is { } board
            ? [_inventory.Get(board).Name]
            : [.. Allowed(request, _inventory.Select(request.Labels)).Select(b => b.Name)];
        var caller = new WaitingCaller();
        var waiting = Change(later => Enter(request, candidates, caller, later));
        try
        {
            using var limit = new CancellationTokenSource(Change(_ => PatienceOf(waiting, request)), _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            AcquireOutcome? outcome;
            try
            {
                await foreach (var place in caller.Positions.Reader.ReadAllAsync(either.Token))
                {
                    await (onPosition?.Invoke(place, either.Token) ?? Task.CompletedTask);
                }

                outcome = await waiting.Outcome.Task.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
            {
                // Whoever is no longer in line is being served at this moment: that answer is near.
                outcome = Change(_ => GiveUp(waiting, caller)) ?? await waiting.Outcome.Task.WaitAsync(cancellationToken);
            }

            caller.Answered = true;
            return outcome;
        }
        finally
        {
            Change(later => Leave(waiting, caller, later));
        }
    }

    private static List<BoardDescription> Allowed(LeaseRequest request, IReadOnlyList<BoardDescription> boards)
    {
        var allowed = boards.Where(b => request.MayHave?.Invoke(b.Name) ?? true).ToList();
        return allowed.Count > 0
            ? allowed
            : throw new RequestException("BOARD_NO_MATCH", $"No board that {request.Identity} may lease has these labels. Ask the owner of the farm, or select by other labels.");
    }

    private void CheckRequest(LeaseRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckTtl(request.Ttl);
        if (request.Wait < TimeSpan.Zero || request.Wait > LongestWait)
        {
            throw new RequestException(
                "LEASE_REQUEST_INVALID", $"A wait of {request.Wait.TotalSeconds:0.###} s was asked for; 0 s to {LongestWait.TotalHours:0} h are allowed. Wait for one of these and ask again.");
        }

        if (request.ExtendUpTo is { } extension && (extension < TimeSpan.Zero || extension > LeaseOptions.LongestExtension))
        {
            throw new RequestException(
                "LEASE_REQUEST_INVALID",
                $"An extension by use of up to {extension.TotalHours:0.###} h was asked for; 0 to {LeaseOptions.LongestExtension.TotalDays:0} days are allowed. Ask for one of these and renew.");
        }

        foreach (var (name, text) in new[] { ("owner", request.Owner), ("purpose", request.Purpose), ("request_id", request.RequestId) })
        {
            if (text.Length > LongestText)
            {
                throw new RequestException(
                    "LEASE_REQUEST_INVALID", $"The {name} has {text.Length} characters; at most {LongestText} are allowed. Shorten it.");
            }

            // Others read these in tables and logs, where a line end or a terminal's escape could pass for something else.
            if (text.Any(char.IsControl))
            {
                throw new RequestException("LEASE_REQUEST_INVALID", $"The {name} holds a control character, such as a line end. Leave it out.");
            }
        }
    }

    private WaitingRequest Enter(LeaseRequest request, IReadOnlyList<string> candidates, WaitingCaller caller, List<Action> later)
    {
        if (_stopped)
        {
            throw new BoardException("AGENT_STOPPING", "The agent stops and grants no more leases. Ask again when it is back.");
        }

        if (FindRepeated(request, candidates) is { } repeated)
        {
            repeated.Callers.Add(caller);
            if (repeated.Outcome.Task.IsCompleted)
            {
                caller.Positions.Writer.TryComplete();
            }

            return repeated;
        }

        if (_line.Count >= _options.LongestLine)
        {
            throw new BoardException("LEASE_LINE_FULL", $"{_line.Count} requests wait already, as many as are allowed. Ask again later.");
        }

        var waiting = new WaitingRequest(request, candidates);
        waiting.Callers.Add(caller);
        _line.Add(waiting);
        if (request.RequestId.Length > 0)
        {
            _waitingByRequest[(request.Identity, request.RequestId)] = waiting;
        }

        TellLine(candidates, later);
        return waiting;
    }

    /// <summary>The same request asked again: it joins the one in line, or gets the lease that it already has.</summary>
    private WaitingRequest? FindRepeated(LeaseRequest request, IReadOnlyList<string> candidates)
    {
        if (request.RequestId.Length == 0)
        {
            return null;
        }

        var key = (request.Identity, request.RequestId);
        if (_waitingByRequest.TryGetValue(key, out var waiting))
        {
            return waiting.Candidates.SequenceEqual(candidates, StringComparer.Ordinal) ? waiting : throw Reused();
        }

        if (!_leaseByRequest.TryGetValue(key, out var entry))
        {
            return null;
        }

        if (!candidates.Contains(entry.Lease.Board, StringComparer.Ordinal))
        {
            throw Reused();
        }

        if (entry.Lease.State != LeaseState.Active)
        {
            throw new RequestException(
                "LEASE_REQUEST_ENDED",
                $"Request '{request.RequestId}' already gave lease {entry.Lease.Id} of {entry.Lease.Board}, which is over ({entry.Lease.State}: {entry.Lease.EndReason}). Ask with a new request_id.")
                .With("lease", entry.Lease.Id);
        }

        var answered = new WaitingRequest(request, candidates);
        answered.Complete(AcquireOutcome.Granted(entry.Lease));
        return answered;

        RequestException Reused() => new(
            "REQUEST_ID_REUSED", $"Request id '{request.RequestId}' was already used to ask for another board. Choose a new id for each request.");
    }

    /// <summary>A board that only has to settle first counts as free: a short wait is worth it even for those who would not stand in line.</summary>
    private TimeSpan PatienceOf(WaitingRequest waiting, LeaseRequest request)
    {
        var index = _line.IndexOf(waiting);
        var mayGetSettled = index >= 0
            && LeaseScheduler.Assign(Wishes(), _slots.Values.Where(s => s.Entry is null).Select(s => s.Board)).Any(a => a.Waiter == index);
        var least = index >= 0 && request.Takeover ? _options.TakeoverGrace + _options.OperationLimit + _options.SettleLimit
            : mayGetSettled ? _options.SettleLimit
            : TimeSpan.Zero;
        return request.Wait < least ? least : request.Wait;
    }

    private AcquireOutcome? GiveUp(WaitingRequest waiting, WaitingCaller caller)
    {
        var index = _line.IndexOf(waiting);
        if (index < 0)
        {
            return null;
        }

        waiting.Callers.Remove(caller);
        return HeldFor(index);
    }

    private AcquireOutcome HeldFor(int index)
    {
        var place = Places()[index];
        var holder = _slots[place.Board].Entry?.Lease;
        var before = place.Position - 1;
        var who = holder is null
            ? $"{place.Board} is on its way into its safe state"
            : $"{place.Board} is leased by {holder.Owner}{(holder.Purpose.Length > 0 ? $" (\"{holder.Purpose}\")" : "")} until {holder.ExpireTime:HH:mm:ss} UTC";
        return AcquireOutcome.Held(
            place.Board,
            $"{who}, {(before == 0 ? "nobody" : $"{before}")} waiting before you. Wait for it with --wait 10m, or take another board: farmctl boards lists them.");
    }

    private bool Leave(WaitingRequest waiting, WaitingCaller caller, List<Action> later)
    {
        waiting.Callers.Remove(caller);
        if (waiting.Callers.Count > 0)
        {
            return true;
        }

        if (_line.Remove(waiting))
        {
            Withdraw(waiting, later);
            Forget(waiting);
            TellLine(waiting.Candidates, later);
        }
        else if (!caller.Answered && waiting.Outcome.Task is { IsCompletedSuccessfully: true, Result.Lease: { RequestId.Length: 0 } lease })
        {
            // Nobody knows of this lease, and without a request id nobody ever will.
            EndNowOrLater(lease.Id, LeaseState.Released, "who had asked for it was gone when it was granted", later);
        }

        return true;
    }

    private void HandOut(List<Action> later)
    {
        if (_stopped || _line.Count == 0)
        {
            return;
        }

        var line = _line.ToArray();
        foreach (var (index, board) in LeaseScheduler.Assign(Wishes(), _slots.Values.Where(s => s.Phase == SlotPhase.Free).Select(s => s.Board)))
        {
            var (waiting, slot) = (line[index], _slots[board]);
            var entry = new LeaseEntry(NewLease(waiting.Request, slot));
            _line.Remove(waiting);
            Withdraw(waiting, later);
            (slot.Phase, slot.Entry) = (SlotPhase.Granting, entry);
            later.Add(() => _work.Start(() => GrantAsync(slot, entry, waiting)));
        }
    }

    private async Task GrantAsync(BoardSlot slot, LeaseEntry entry, WaitingRequest waiting)
    {
        if (await RefusalOfAsync(slot, entry) is { } refusal)
        {
            _hooks.Observe(new LeaseChange(slot.Board, LeaseChangeKind.Trouble, entry.Lease, refusal));
            Change(_ =>
            {
                Forget(waiting);
                (slot.Phase, slot.Entry) = (SlotPhase.Free, null);
                slot.Fence.Close();
                waiting.Fail(refusal);
                return true;
            });
            return;
        }

        Change(later =>
        {
            Forget(waiting);
            Enforce(slot, entry);
            Register(entry);
            var lease = entry.Lease;
            later.Add(() => _hooks.Observe(new LeaseChange(slot.Board, LeaseChangeKind.Granted, lease)));
            waiting.Complete(AcquireOutcome.Granted(lease));
            if (waiting.Callers.Count == 0 && lease.RequestId.Length == 0)
            {
                EndNowOrLater(lease.Id, LeaseState.Released, "who had asked for it was gone when it was granted", later);
            }

            return true;
        });
    }

    /// <summary>Writes a lease down and prepares its board.</summary>
    /// <returns>Why it cannot be granted; null when it can.</returns>
    private async Task<BoardException?> RefusalOfAsync(BoardSlot slot, LeaseEntry entry)
    {
        using var limit = new CancellationTokenSource(StoreLimit, _time);
        var saving = Started(() => _store.SaveGrantedAsync(entry.Lease, _bootClock.BootId, limit.Token), limit.Token);
        await saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!saving.IsCompletedSuccessfully)
        {
            var failure = FailureOf(saving);
            var reason = failure is FarmException { Reason: "STATE_FULL" or "STATE_READ_ONLY" } known ? known.Reason : "LEASE_NOT_KEPT";
            return new BoardException(
                reason,
                $"Board {slot.Board} was free, but its lease could not be written down: {failure.Message} Make room or repair the state directory, then ask again.",
                failure);
        }

        using var hookLimit = new CancellationTokenSource(_options.HookLimit, _time);
        var preparing = Started(() => _hooks.PrepareAsync(entry.Lease, hookLimit.Token), hookLimit.Token);
        await preparing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (preparing.IsCompletedSuccessfully)
        {
            return null;
        }

        var cause = FailureOf(preparing);
        entry.Lease = entry.Lease with { State = LeaseState.Revoked, EndReason = "its board could not be prepared", EndTime = _time.GetUtcNow() };
        await SaveEndAsync(entry.Lease);
        await SettleAsync(new SettleOccasion(slot.Board, entry.Lease, Restored: null), slot.Fence.EnterMaintenance());
        await CleanUpAsync(entry.Lease);
        return new BoardException(
            "LEASE_HOOK_FAILED",
            $"Board {slot.Board} was free, but what has to run before a lease failed: {cause.Message} Repair that command, or take it out of the agent's configuration.",
            cause);
    }

    private Lease NewLease(LeaseRequest request, BoardSlot slot) => new()
    {
        Id = "l-" + RandomNumberGenerator.GetHexString(16, lowercase: true),
        Board = slot.Board,
        Owner = request.Owner,
        Identity = request.Identity,
        Purpose = request.Purpose,
        Ttl = request.Ttl,
        Fence = ++slot.LastFence,
        StartTime = _time.GetUtcNow(),
        ExpireTime = _time.GetUtcNow() + request.Ttl,
        ExtendUpTo = request.ExtendUpTo ?? _options.ExtendUpTo,
        RequestId = request.RequestId,
    };

    /// <summary>Puts a lease in force: one time to live from now.</summary>
    private void Enforce(BoardSlot slot, LeaseEntry entry)
    {
        var now = _bootClock.Now;
        entry.Granted = now;
        BeginTtl(entry, now, entry.Lease.Ttl);
        entry.SeenUses = slot.Fence.Uses;
        (slot.Phase, slot.Entry) = (SlotPhase.Held, entry);
        slot.Fence.Open(entry.Lease.Fence);
    }

    private void Register(LeaseEntry entry)
    {
        _leases[entry.Lease.Id] = entry;
        if (entry.Lease.RequestId.Length > 0)
        {
            _leaseByRequest[(entry.Lease.Identity, entry.Lease.RequestId)] = entry;
        }
    }

    private void Forget(WaitingRequest waiting)
    {
        var key = (waiting.Request.Identity, waiting.Request.RequestId);
        if (_waitingByRequest.TryGetValue(key, out var known) && ReferenceEquals(known, waiting))
        {
            _waitingByRequest.Remove(key);
        }
    }

    /// <summary>The boards that each waiter would take now. By labels: not those that are broken, unless all are.</summary>
    private IReadOnlyList<IReadOnlyList<string>> Wishes() => [.. _line.Select(w =>
    {
        if (w.Request.Board is not null)
        {
            return w.Candidates;
        }

        var usable = w.Candidates.Where(_hooks.IsAvailable).ToList();
        return usable.Count > 0 ? usable : w.Candidates;
    })];

    private IReadOnlyList<LeaseWaiter> Places() =>
        [.. LeaseScheduler.Positions(Wishes()).Zip(_line).Zip(Estimates(), (p, estimate) => new LeaseWaiter(p.First.Board, p.Second.Request.Owner, p.First.Position)
        {
            Purpose = p.Second.Request.Purpose,
            Estimate = estimate,
            IsDeclined = p.Second.IsDeclined,
        })];

    /// <summary>When each in line has its turn: after what is left of the holder's time, and the usual time of each before it.</summary>
    private IEnumerable<TimeSpan> Estimates()
    {
        var now = _bootClock.Now;
        var busyFor = _slots.Values.ToDictionary(s => s.Board, s => s.Phase == SlotPhase.Held ? LeftOf(s, now) : TimeSpan.Zero, StringComparer.Ordinal);
        foreach (var ((board, _), waiting) in LeaseScheduler.Positions(Wishes()).Zip(_line))
        {
            yield return busyFor[board];
            busyFor[board] += _slots[board].MeanHold ?? waiting.Request.Ttl;
        }
    }

    private static TimeSpan LeftOf(BoardSlot slot, TimeSpan now)
    {
        var entry = slot.Entry!;
        var left = entry.Due - now;
        if (entry.Pending is null && slot.MeanHold is { } mean && entry.Granted + mean - now is var usual && usual > TimeSpan.Zero && usual < left)
        {
            left = usual;
        }

        return TimeSpan.FromSeconds(Math.Ceiling(Math.Max(0, left.TotalSeconds)));
    }

    private void TellPlaces()
    {
        if (_line.Count == 0)
        {
            return;
        }

        foreach (var (place, waiting) in Places().Zip(_line))
        {
            waiting.Callers.ForEach(c => c.Tell(place));
        }
    }

    private void TellLine(IEnumerable<string> boards, List<Action> later)
    {
        foreach (var board in boards)
        {
            later.Add(() => _hooks.Observe(new LeaseChange(board, LeaseChangeKind.LineChanged, null)));
        }
    }
}
