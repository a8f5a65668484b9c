namespace FarmAgent.Boards.Executors;

/// <summary>One fence over all devices of a board: it lets only the token of the present lease through. Thread-safe.</summary>
/// <param name="board">Name of the board.</param>
public sealed class BoardFence(string board)
{
    private readonly Lock _lock = new();
    private FenceMode _mode = FenceMode.Closed;
    private long _current;
    private long _uses;

    private enum FenceMode
    {
        /// <summary>No lease: nothing passes.</summary>
        Closed,

        /// <summary>A lease is in force.</summary>
        Open,

        /// <summary>The lease has ended, but an operation under it has not: only that passes.</summary>
        Draining,

        /// <summary>Between leases: only the agent itself passes.</summary>
        Maintenance,
    }

    /// <summary>Name of the board.</summary>
    public string Board { get; } = board;

    /// <summary>Fencing number of the present or latest lease; 0 before the first.</summary>
    public long Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>How often something passed under a lease: who leases the board is using it.</summary>
    internal long Uses => Interlocked.Read(ref _uses);

    /// <summary>Passes when the token is that of the present lease.</summary>
    /// <param name="token">The token.</param>
    /// <exception cref="BoardException">It is not (<c>LEASE_LOST</c>).</exception>
    public void Check(LeaseToken token)
    {
        if (!Accepts(token))
        {
            throw new BoardException(
                "LEASE_LOST",
                $"The lease of board {Board} under which this was asked for (fence {token.Value}) is over; the board is at fence {Current}. "
                + "Nothing was done. Acquire the board again; renew before the time to live has passed.")
                .With("board", Board).With("fence", $"{token.Value}");
        }

        if (token.Kind != LeaseTokenKind.Maintenance)
        {
            Interlocked.Increment(ref _uses);
        }
    }

    internal bool Accepts(LeaseToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        lock (_lock)
        {
            return ReferenceEquals(token.Fence, this) && token.Value == _current && _mode switch
            {
                FenceMode.Open => token.Kind is LeaseTokenKind.Request or LeaseTokenKind.Operation,
                FenceMode.Draining => token.Kind is LeaseTokenKind.Operation,
                FenceMode.Maintenance => token.Kind is LeaseTokenKind.Maintenance,
                _ => false,
            };
        }
    }

    internal void Open(long value)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, _current);
            (_current, _mode) = (value, FenceMode.Open);
        }
    }

    internal void Drain()
    {
        lock (_lock)
        {
            _mode = FenceMode.Draining;
        }
    }

    /// <summary>Shuts leases out and lets the agent itself in.</summary>
    internal LeaseToken EnterMaintenance()
    {
        lock (_lock)
        {
            _mode = FenceMode.Maintenance;
            return new LeaseToken(this, _current, LeaseTokenKind.Maintenance);
        }
    }

    internal void Close()
    {
        lock (_lock)
        {
            _mode = FenceMode.Closed;
        }
    }

    internal LeaseToken TokenFor(LeaseTokenKind kind, long value) => new(this, value, kind);
}
