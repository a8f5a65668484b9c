namespace FarmAgent.Boards.Leases;

/// <summary>A wish for a board: one by name, or any that has the labels.</summary>
public sealed record LeaseRequest
{
    /// <summary>Name of the board; null to take any that matches <see cref="Labels"/>.</summary>
    public string? Board { get; init; }

    /// <summary>Labels that the board must have, where <see cref="Board"/> is null.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

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

    /// <summary>Chosen by the client; the same id of the same identity gives the same lease again. Empty for none; at most 200 characters.</summary>
    public string RequestId { get; init; } = "";
}

/// <summary>A place in the line for a board.</summary>
/// <param name="Board">The board; for a request by labels the one with the shortest line.</param>
/// <param name="Owner">Who waits.</param>
/// <param name="Position">Place in the line, 1 is next.</param>
public sealed record LeaseWaiter(string Board, string Owner, int Position);
