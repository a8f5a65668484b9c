namespace FarmAgent.Boards.Leases;

/// <summary>A lease with what the manager keeps beside it. Guarded by the manager's lock.</summary>
internal sealed class LeaseEntry(Lease lease)
{
    public Lease Lease { get; set; } = lease;

    /// <summary>Boot time at which it ends unless renewed.</summary>
    public TimeSpan Expires { get; set; }

    /// <summary>Boot time at which it was granted.</summary>
    public TimeSpan Granted { get; set; }

    /// <summary>Boot time beyond which use of the board does not move its end.</summary>
    public TimeSpan ExtensionLimit { get; set; }

    /// <summary>Uses of the board's fence that have moved its end already.</summary>
    public long SeenUses { get; set; }

    /// <summary>Boot time of the end that observers know of.</summary>
    public TimeSpan ToldExpires { get; set; }

    /// <summary>Who asks for the board; null when nobody does.</summary>
    public PendingTakeover? Takeover { get; set; }

    /// <summary>True while a new owner is being written down.</summary>
    public bool IsTransferring { get; set; }

    /// <summary>Operations that its end waits for.</summary>
    public List<LeaseOperation> Operations { get; } = [];

    /// <summary>The end it is going to have as soon as its operations have ended; null while it is wholly in force.</summary>
    public LeaseEnding? Pending { get; set; }

    /// <summary>Completes when it has ended and its board has been brought into the safe state.</summary>
    public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Boot time at which something has to be done about it.</summary>
    public TimeSpan Due => Pending is null
        ? Takeover is { } takeover && takeover.At < Expires ? takeover.At : Expires
        : Pending.Told ? Pending.ForceAt : Pending.StopAt;
}

/// <summary>A takeover that was announced to the holder.</summary>
/// <param name="Asker">Who asks.</param>
/// <param name="At">Boot time at which the lease ends.</param>
internal sealed record PendingTakeover(WaitingRequest Asker, TimeSpan At);

/// <summary>An end that waits for operations.</summary>
internal sealed class LeaseEnding(LeaseState state, string reason)
{
    public LeaseState State { get; } = state;

    public string Reason { get; } = reason;

    /// <summary>Boot time at which the operations are told to stop.</summary>
    public TimeSpan StopAt { get; set; }

    /// <summary>Boot time at which the lease ends whether they have stopped or not.</summary>
    public TimeSpan ForceAt { get; set; }

    public bool Told { get; set; }
}
