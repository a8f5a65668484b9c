namespace FarmAgent.Boards.Leases;

/// <summary>Limits of leases. Wall time throughout.</summary>
public sealed record LeaseOptions
{
    /// <summary>Time to live when a request names none.</summary>
    public static TimeSpan DefaultTtl { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Shortest time to live.</summary>
    public TimeSpan ShortestTtl { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time to live.</summary>
    public TimeSpan LongestTtl { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Longest extension by use that a request may ask for.</summary>
    public static TimeSpan LongestExtension { get; } = TimeSpan.FromDays(7);

    /// <summary>How far use of a board moves the end of its lease beyond the grant or the latest renewal, when a request says nothing of it.</summary>
    public TimeSpan ExtendUpTo { get; init; } = TimeSpan.FromHours(8);

    /// <summary>How long a holder who is asked to give the board up may take to object.</summary>
    public TimeSpan TakeoverGrace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Limit of what runs before a lease and after it, each.</summary>
    public TimeSpan HookLimit { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Limit of bringing a board into its safe state before the next in line gets it.</summary>
    public TimeSpan SettleLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the end of a lease waits for an operation under it before that is told to stop.</summary>
    public TimeSpan OperationLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an operation that was told to stop may take to do so before its lease ends all the same.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests may wait at the same time, over all boards.</summary>
    public int LongestLine { get; init; } = 1_000;

    /// <summary>How many ended leases are remembered, so that their owners can read what became of them.</summary>
    public int RememberedLeases { get; init; } = 500;
}
