using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.Leases;

/// <summary>
/// Grants boards: exclusively, in the order of asking, for a time. It lives in the agent and needs no coordinator. Thread-safe; locks are
/// never held across I/O, hooks or observers.
/// </summary>
public sealed partial class LeaseManager : IAsyncDisposable
{
    private static readonly TimeSpan StoreLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, BoardSlot> _slots;
    private readonly Dictionary<string, LeaseEntry> _leases = new(StringComparer.Ordinal);
    private readonly Queue<LeaseEntry> _ended = [];
    private readonly List<WaitingRequest> _line = [];
    private readonly Dictionary<(string Identity, string RequestId), WaitingRequest> _waitingByRequest = [];
    private readonly Dictionary<(string Identity, string RequestId), LeaseEntry> _leaseByRequest = [];
    private readonly BoardInventory _inventory;
    private readonly ILeaseStore _store;
    private readonly ILeaseHooks _hooks;
    private readonly IBootClock _bootClock;
    private readonly TimeProvider _time;
    private readonly LeaseOptions _options;
    private readonly ITimer _timer;
    private readonly BackgroundWork _work = new();
    private bool _stopped;

    /// <summary>Makes a manager; nothing is granted before <see cref="StartAsync"/>.</summary>
    /// <param name="inventory">The boards.</param>
    /// <param name="store">Keeps leases across a restart.</param>
    /// <param name="hooks">Safe state, availability, observers.</param>
    /// <param name="bootClock">Expiry runs on this clock.</param>
    /// <param name="time">Wall time for display, and the timers of waits.</param>
    /// <param name="options">Limits.</param>
    public LeaseManager(
        BoardInventory inventory, ILeaseStore store, ILeaseHooks hooks, IBootClock bootClock, TimeProvider time, LeaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        ArgumentNullException.ThrowIfNull(time);
        (_inventory, _store, _hooks, _bootClock, _time, _options) = (inventory, store, hooks, bootClock, time, options);
        _slots = inventory.Boards.ToDictionary(b => b.Name, b => new BoardSlot(b.Name), StringComparer.Ordinal);
        _timer = time.CreateTimer(_ => ExpireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The fence of a board, for its device executors.</summary>
    /// <param name="board">Name of the board.</param>
    /// <exception cref="RequestException">There is none of that name (<c>BOARD_UNKNOWN</c>).</exception>
    public BoardFence FenceOf(string board) => _slots[_inventory.Get(board).Name].Fence;

    /// <summary>A lease, in force or ended not too long ago.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="RequestException">Never granted, or forgotten (<c>LEASE_UNKNOWN</c>).</exception>
    public Lease Get(string id) => Change(_ => Find(id).Lease);

    /// <summary>The leases in force, by board.</summary>
    public IReadOnlyList<Lease> List() =>
        Change(_ => _slots.Values.Where(s => s.Phase == SlotPhase.Held).Select(s => s.Entry!.Lease).OrderBy(l => l.Board, StringComparer.Ordinal).ToList());

    /// <summary>Who waits, in the order of arrival.</summary>
    public IReadOnlyList<LeaseWaiter> ListWaiters() => Change(_ => Places());

    /// <summary>How a board stands.</summary>
    /// <param name="board">Name of the board.</param>
    /// <exception cref="RequestException">There is none of that name (<c>BOARD_UNKNOWN</c>).</exception>
    public BoardLeaseStatus StatusOf(string board)
    {
        var slot = _slots[_inventory.Get(board).Name];
        return Change(_ => new BoardLeaseStatus(
            slot.Board,
            slot.Phase == SlotPhase.Held ? slot.Entry!.Lease : null,
            slot.Phase == SlotPhase.Settling,
            _line.Count(w => w.Candidates.Contains(slot.Board, StringComparer.Ordinal))));
    }

    /// <summary>The right to touch a board under a lease.</summary>
    /// <param name="leaseId">The lease.</param>
    /// <param name="board">The board that is to be touched.</param>
    /// <exception cref="RequestException">No such lease, or one of another board (<c>LEASE_UNKNOWN</c>, <c>LEASE_OF_OTHER_BOARD</c>).</exception>
    /// <exception cref="BoardException">It has ended (<c>LEASE_LOST</c>).</exception>
    public LeaseToken Authorize(string leaseId, string board) => Change(_ =>
    {
        var entry = FindInForce(leaseId, board);
        return _slots[board].Fence.TokenFor(LeaseTokenKind.Request, entry.Lease.Fence);
    });

    /// <summary>Starts the time to live again. Not written down: a restart gives one time to live anyway.</summary>
    /// <param name="id">The lease.</param>
    /// <param name="ttl">New time to live; null keeps the old one.</param>
    /// <exception cref="RequestException">No such lease, or a time to live out of range (<c>LEASE_UNKNOWN</c>, <c>LEASE_TTL_INVALID</c>).</exception>
    /// <exception cref="BoardException">It has ended (<c>LEASE_LOST</c>).</exception>
    public Lease Renew(string id, TimeSpan? ttl)
    {
        if (ttl is { } wanted)
        {
            CheckTtl(wanted);
        }

        return Change(later =>
        {
            var entry = FindInForce(id, board: null);
            var length = ttl ?? entry.Lease.Ttl;
            BeginTtl(entry, _bootClock.Now, length);
            var renewed = entry.Lease;
            later.Add(() => _hooks.Observe(new LeaseChange(renewed.Board, LeaseChangeKind.Renewed, renewed)));
            return renewed;
        });
    }

    /// <summary>Ends what is due. The manager's own timer does this; calling it more often does no harm.</summary>
    public void ExpireDue() => Change(_ => true);

    /// <summary>Stops granting: who waits is told so, operations are told to stop, leases stay kept for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        Change(later =>
        {
            _stopped = true;
            var reason = new BoardException("AGENT_STOPPING", "The agent stops; requests in line were not served. Ask again when it is back.");
            foreach (var waiting in _line)
            {
                waiting.Fail(reason);
            }

            _line.Clear();
            later.AddRange(_leases.Values.SelectMany(e => e.Operations).Select(o => (Action)o.Stop));
            return true;
        });
        await _timer.DisposeAsync();
        await _work.DrainAsync(_options.SettleLimit, _time);
    }

    /// <summary>Every change of state goes through here: due ends first, then the change, then free boards are handed out.</summary>
    private T Change<T>(Func<List<Action>, T> change)
    {
        var later = new List<Action>();
        try
        {
            lock (_lock)
            {
                EndWhatIsDue(later);
                var result = change(later);
                HandOut(later);
                AskHolders(later);
                TellPlaces();
                Rearm();
                return result;
            }
        }
        finally
        {
            foreach (var action in later)
            {
                action();
            }
        }
    }

    private LeaseEntry Find(string id) =>
        _leases.TryGetValue(id, out var entry)
            ? entry
            : throw new RequestException(
                "LEASE_UNKNOWN",
                $"There is no lease '{id}' here: never granted by this agent, or ended long ago. List the present ones with farmctl lease list, or acquire the board.")
                .With("lease", id);

    private LeaseEntry FindInForce(string id, string? board)
    {
        var entry = Find(id);
        if (board is not null && !string.Equals(entry.Lease.Board, board, StringComparison.Ordinal))
        {
            throw new RequestException(
                "LEASE_OF_OTHER_BOARD",
                $"Lease {id} is for board {entry.Lease.Board}, not for {board}. Name that board, or acquire a lease of {board}.")
                .With("lease", id).With("board", board);
        }

        if (entry.Lease.State != LeaseState.Active || entry.Pending is not null)
        {
            var (state, reason) = entry.Pending is { } pending ? (pending.State, pending.Reason) : (entry.Lease.State, entry.Lease.EndReason);
            throw new BoardException(
                "LEASE_LOST",
                $"Lease {id} of board {entry.Lease.Board} is over ({state}: {reason}). Nothing was done. Acquire the board again.")
                .With("lease", id).With("board", entry.Lease.Board);
        }

        return entry;
    }

    private void CheckTtl(TimeSpan ttl)
    {
        if (ttl < _options.ShortestTtl || ttl > _options.LongestTtl)
        {
            throw new RequestException(
                "LEASE_TTL_INVALID",
                $"A time to live of {ttl.TotalSeconds:0.###} s was asked for; {_options.ShortestTtl.TotalSeconds:0} s to {_options.LongestTtl.TotalHours:0} h are allowed. Ask for one of these and renew it.");
        }
    }

    private void Rearm()
    {
        if (_stopped)
        {
            return;
        }

        // Timers stop while the host sleeps, boot time does not: look again at least every few seconds.
        var due = _slots.Values.Where(s => s.Phase == SlotPhase.Held).Select(s => (TimeSpan?)s.Entry!.Due).Min();
        _timer.Change(
            due is null ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Clamp((due.Value - _bootClock.Now).Ticks, TimeSpan.TicksPerMillisecond, 5 * TimeSpan.TicksPerSecond)),
            Timeout.InfiniteTimeSpan);
    }
}
