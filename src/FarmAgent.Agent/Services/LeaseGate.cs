using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Security;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Sessions;
using Grpc.Core;

namespace FarmAgent.Agent.Services;

/// <summary>Stands before every device: the request names a board and a lease, the lease is the caller's, and it is in force.</summary>
internal sealed class LeaseGate(LeaseManager leases, BoardFleet fleet)
{
    /// <summary>A board, to look at.</summary>
    public BoardSession Look(string board) => fleet.Get(ResourceNames.BoardOf(board));

    /// <summary>A board, to work with.</summary>
    /// <exception cref="AuthorizationException">The lease is somebody else's (<c>LEASE_NOT_YOURS</c>).</exception>
    public (BoardSession Session, LeaseToken Token) Enter(ServerCallContext context, string board, string lease)
    {
        var session = Look(board);
        var id = ResourceNames.LeaseOf(lease);
        CheckOwner(Caller.Of(context), leases.Get(id));
        return (session, leases.Authorize(id, session.Name));
    }

    /// <summary>A lease that the caller may renew, end, or start operations under.</summary>
    public Lease Own(ServerCallContext context, string lease)
    {
        var found = leases.Get(ResourceNames.LeaseOf(lease));
        CheckOwner(Caller.Of(context), found);
        return found;
    }

    private static void CheckOwner(Caller caller, Lease lease)
    {
        var allowed = caller.Role switch
        {
            CallerRole.Admin => true,
            CallerRole.Runner => caller.Lease == lease.Id,
            _ => caller.Identity == lease.Identity,
        };
        if (!allowed)
        {
            throw new AuthorizationException(
                "LEASE_NOT_YOURS",
                $"Lease {lease.Id} of {lease.Board} is {lease.Owner}'s; {caller.Identity} may not act under it. Take a lease of your own: farmctl lease acquire.");
        }
    }
}
