namespace FarmAgent.Boards.Leases;

/// <summary>A request to the holder of a lease to give the board up.</summary>
/// <param name="Owner">Who asks.</param>
/// <param name="Purpose">What for, for a person; may be empty.</param>
/// <param name="EndTime">Wall time at which the lease ends unless its holder keeps it, for display; the agent counts on the boot-time clock.</param>
/// <param name="IsFirm">True when an administrator asks: the holder cannot decline.</param>
public sealed record LeaseTakeover(string Owner, string Purpose, DateTimeOffset EndTime, bool IsFirm);
