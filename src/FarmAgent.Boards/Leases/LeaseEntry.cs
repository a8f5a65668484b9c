namespace FarmAgent.Boards.Leases;

/// <summary>A lease with what the manager keeps beside it. Guarded by the manager's lock.</summary>
internal sealed class LeaseEntry(Lease lease)
{
    public Lease Lease { get; set; } = lease;

    /// <summary>Boot time at which it ends unless renewed.</summary>
    public TimeSpan Expires { get; set; }

    /// <summary>Operations that its end waits for.</summary>
    public List<LeaseOperation> Operations { get; } = [];

    /// <summary>The end it is going to have as soon as its operations have ended; null while it is wholly in force.</summary>
    public LeaseEnding? Pending { get; set; }

    /// <summary>Completes when it has ended and its board has been brought into the safe state.</summary>
    public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Boot time at which something has to be done about it.</summary>
    public TimeSpan Due => Pending is null ? Expires : Pending.Told ? Pending.ForceAt : Pending.StopAt;
}

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
