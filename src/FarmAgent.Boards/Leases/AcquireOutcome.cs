using System.Diagnostics.CodeAnalysis;

namespace FarmAgent.Boards.Leases;

/// <summary>How a request for a lease ended: granted, or the board stayed in other hands for as long as the request would wait.</summary>
public sealed record AcquireOutcome
{
    private AcquireOutcome(Lease? lease, string refusal, string board) => (Lease, Refusal, Board) = (lease, refusal, board);

    /// <summary>The lease; null when it was refused.</summary>
    public Lease? Lease { get; }

    /// <summary>Why there is none, who holds the board and what to do; empty when granted.</summary>
    public string Refusal { get; }

    /// <summary>The board that was granted, or whose holder the refusal names.</summary>
    public string Board { get; }

    /// <summary>True when there is a lease.</summary>
    [MemberNotNullWhen(true, nameof(Lease))]
    public bool IsGranted => Lease is not null;

    /// <summary>The lease, for callers who cannot go on without.</summary>
    /// <exception cref="BoardException">It was refused (<c>LEASE_HELD</c>).</exception>
    public Lease GetLease() => Lease ?? throw new BoardException("LEASE_HELD", Refusal).With("board", Board);

    internal static AcquireOutcome Granted(Lease lease) => new(lease, "", lease.Board);

    internal static AcquireOutcome Held(string board, string refusal) => new(null, refusal, board);
}
