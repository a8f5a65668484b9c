namespace FarmAgent.Boards.Executors;

/// <summary>
/// The right to touch a board's devices: the fencing number of one lease, bound to the board's fence. It is checked when work is taken
/// from a queue and at every safe point inside it (page, tunnel command, keyword), so that nothing of an ended lease reaches the board.
/// </summary>
public sealed class LeaseToken
{
    internal LeaseToken(BoardFence fence, long value, LeaseTokenKind kind) => (Fence, Value, Kind) = (fence, value, kind);

    /// <summary>The fence that it is checked against.</summary>
    public BoardFence Fence { get; }

    /// <summary>Fencing number: higher than that of any earlier lease of the board.</summary>
    public long Value { get; }

    internal LeaseTokenKind Kind { get; }

    /// <summary>True while the right holds.</summary>
    public bool IsValid => Fence.Accepts(this);

    /// <summary>Passes while the right holds.</summary>
    /// <exception cref="BoardException">The lease has ended (<c>LEASE_LOST</c>).</exception>
    public void Check() => Fence.Check(this);
}

/// <summary>Whose right a token is.</summary>
internal enum LeaseTokenKind
{
    /// <summary>A request under a lease.</summary>
    Request,

    /// <summary>An operation of the agent (a flash) that a lease which expires meanwhile waits for.</summary>
    Operation,

    /// <summary>The agent itself, between leases: safe state.</summary>
    Maintenance,
}
