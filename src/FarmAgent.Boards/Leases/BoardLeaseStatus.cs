namespace FarmAgent.Boards.Leases;

/// <summary>How a board stands with its leases.</summary>
/// <param name="Board">Name of the board.</param>
/// <param name="Lease">The lease that holds it; null when nobody does.</param>
/// <param name="Settling">True while it is on its way into the safe state.</param>
/// <param name="Waiting">Requests in line that would take it.</param>
public sealed record BoardLeaseStatus(string Board, Lease? Lease, bool Settling, int Waiting);
