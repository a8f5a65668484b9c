namespace FarmAgent.Boards.Leases;

/// <summary>Where a lease stands.</summary>
public enum LeaseState
{
    /// <summary>In force.</summary>
    Active,

    /// <summary>Given back by its owner.</summary>
    Released,

    /// <summary>Its time to live passed without renewal, or the host was booted again.</summary>
    Expired,

    /// <summary>Ended by an administrator.</summary>
    Revoked,

    /// <summary>Somebody asked for the board, and its holder did not object in time.</summary>
    TakenOver,
}

/// <summary>Time-limited exclusive use of a board, as it stands at one moment.</summary>
public sealed record Lease
{
    /// <summary>Its id, for example <c>l-5f0c1e7a90d24b36</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the board.</summary>
    public required string Board { get; init; }

    /// <summary>Who holds it, for others to read.</summary>
    public required string Owner { get; init; }

    /// <summary>Identity that acquired it: besides administrators the only one that may use, renew and end it.</summary>
    public required string Identity { get; init; }

    /// <summary>What for, for a person; may be empty.</summary>
    public required string Purpose { get; init; }

    /// <summary>Time to live that a renewal gives.</summary>
    public required TimeSpan Ttl { get; init; }

    /// <summary>Fencing number: higher than that of any earlier lease of this board.</summary>
    public required long Fence { get; init; }

    /// <summary>Wall time of the grant.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Wall time at which it ends unless renewed, for display; the agent counts on the boot-time clock.</summary>
    public required DateTimeOffset ExpireTime { get; init; }

    /// <summary>How far using the board may move the end beyond the grant or the latest renewal; zero when use moves nothing.</summary>
    public TimeSpan ExtendUpTo { get; init; }

    /// <summary>Somebody's request to give the board up; null when nobody asks.</summary>
    public LeaseTakeover? Takeover { get; init; }

    /// <summary>Where it stands.</summary>
    public LeaseState State { get; init; } = LeaseState.Active;

    /// <summary>Wall time of its end; null while it is in force.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Why it ended, for a person; empty while it is in force.</summary>
    public string EndReason { get; init; } = "";

    /// <summary>Chosen by the client; empty when it chose none.</summary>
    public string RequestId { get; init; } = "";
}
