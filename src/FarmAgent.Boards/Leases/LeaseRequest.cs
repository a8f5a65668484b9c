namespace FarmAgent.Boards.Leases;

/// <summary>A wish for a board: one by name, or any that has the labels.</summary>
public sealed record LeaseRequest
{
    /// <summary>Name of the board; null to take any that matches <see cref="Labels"/>.</summary>
    public string? Board { get; init; }

    /// <summary>Labels that the board must have, where <see cref="Board"/> is null.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Which of the boards with the labels the caller may have at all; null for all of them.</summary>
    public Func<string, bool>? MayHave { get; init; }

    /// <summary>Who asks, for others to read; at most 200 characters.</summary>
    public required string Owner { get; init; }

    /// <summary>Identity of the caller; request ids are its own.</summary>
    public required string Identity { get; init; }

    /// <summary>What for, for a person; at most 200 characters.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Time to live, within the limits of <see cref="LeaseOptions"/>.</summary>
    public TimeSpan Ttl { get; init; } = LeaseOptions.DefaultTtl;

    /// <summary>How long to wait in line, at most 24 h; zero is answered at once.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>How far use of the board may move the end beyond the grant or the latest renewal, 0 s to 7 days; null for the agent's own limit.</summary>
    public TimeSpan? ExtendUpTo { get; init; }

    /// <summary>True asks the holder to give the board up: unless he keeps it, his lease ends after the agent's grace. The line is not jumped.</summary>
    public bool Takeover { get; init; }

    /// <summary>True makes the takeover one that the holder cannot decline; for administrators.</summary>
    public bool IsFirm { get; init; }

    /// <summary>Chosen by the client; the same id of the same identity gives the same lease again. Empty for none; at most 200 characters.</summary>
    public string RequestId { get; init; } = "";
}

/// <summary>A place in the line for a board.</summary>
/// <param name="Board">The board; for a request by labels the one with the shortest line.</param>
/// <param name="Owner">Who waits.</param>
/// <param name="Position">Place in the line, 1 is next.</param>
public sealed record LeaseWaiter(string Board, string Owner, int Position)
{
    /// <summary>What for, for a person.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>When its turn comes if the holder goes when his time is over and those before it stay as long as was usual lately.</summary>
    public TimeSpan Estimate { get; init; }

    /// <summary>True when the holder was asked to give the board up and keeps it.</summary>
    public bool IsDeclined { get; init; }
}
