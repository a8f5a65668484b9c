using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Security;
using FarmAgent.Boards;
using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Leases;
using FarmAgent.Boards.Sessions;
using Grpc.Core;

namespace FarmAgent.Agent.Services;

/// <summary>
/// Stands before every board and every device: the caller may do on this board what he asks for; where a lease is needed, it is his, of this
/// board, and in force.
/// </summary>
internal sealed class LeaseGate(LeaseManager leases, BoardFleet fleet)
{
    /// <summary>A board, for a call that needs no lease.</summary>
    /// <exception cref="AuthorizationException">The caller may not do this on that board (<c>NOT_AUTHORISED</c>).</exception>
    public BoardSession Look(ServerCallContext context, string board)
    {
        var name = ResourceNames.BoardOf(board);
        CheckRole(context, name);
        return fleet.Get(name);
    }

    /// <summary>True when only administrators may lease it.</summary>
    public bool IsQuarantined(string board) => fleet.Get(board).Quarantine is not null;

    /// <summary>Passes for a board that everybody may lease.</summary>
    /// <exception cref="BoardException">It is in quarantine (<c>BOARD_QUARANTINED</c>).</exception>
    public void RefuseQuarantined(string board)
    {
        if (fleet.Get(board).Quarantine is { } quarantine)
        {
            throw new BoardException(
                "BOARD_QUARANTINED", $"Board {board} proved broken and cannot be leased: it is {quarantine} Take another board meanwhile: farmctl boards.")
                .With("board", board).With("cause", quarantine.Reason);
        }
    }

    /// <summary>A board, to work with.</summary>
    /// <exception cref="AuthorizationException">Not on that board, or the lease is somebody else's (<c>NOT_AUTHORISED</c>, <c>LEASE_NOT_YOURS</c>).</exception>
    public (BoardSession Session, LeaseToken Token) Enter(ServerCallContext context, string board, string lease)
    {
        var session = Look(context, board);
        var id = ResourceNames.LeaseOf(lease);
        CheckOwner(Caller.Of(context), leases.Get(id));
        return (session, leases.Authorize(id, session.Name));
    }

    /// <summary>A lease that the caller may renew, end, or start operations under.</summary>
    public Lease Own(ServerCallContext context, string lease)
    {
        var found = leases.Get(ResourceNames.LeaseOf(lease));
        CheckRole(context, found.Board);
        CheckOwner(Caller.Of(context), found);
        return found;
    }

    /// <summary>Passes when the caller may do on a board what he asks for; for what belongs to a board but is found by another name.</summary>
    /// <param name="context">The call.</param>
    /// <param name="board">Name of the board.</param>
    public static void CheckRole(ServerCallContext context, string board)
    {
        CallScope.Of(context).Board = board;
        AccessTable.Check(Caller.Of(context), context.Method, board);
    }

    /// <summary>Passes when the caller started something himself, or is administrator of the board that it is about.</summary>
    /// <exception cref="AuthorizationException">It is somebody else's (<c>NOT_AUTHORISED</c>).</exception>
    public static void CheckStarter(ServerCallContext context, string board, string starter, string what)
    {
        var caller = Caller.Of(context);
        if (caller.RoleOn(board) != CallerRole.Admin && caller.Identity != starter)
        {
            throw new AuthorizationException("NOT_AUTHORISED", $"{what} was started by {starter}; only they and administrators may stop it. Ask them.");
        }
    }

    private static void CheckOwner(Caller caller, Lease lease)
    {
        var allowed = caller.RoleOn(lease.Board) switch
        {
            CallerRole.Admin => true,
            CallerRole.Runner => caller.Lease == lease.Id,
            CallerRole.None => false,
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
