using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Runs;
using FarmAgent.Agent.Security;
using FarmAgent.Boards.Leases;
using FarmAgent.Hardware;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Leases.</summary>
internal sealed class LeaseGrpcService(LeaseManager leases, LeaseGate gate, RunManager runs, ChangeSignal changes) : Wire.LeaseService.LeaseServiceBase
{
    private const int LongestReason = 200;

    public override async Task AcquireLease(
        Wire.AcquireLeaseRequest request, IServerStreamWriter<Wire.AcquireLeaseResponse> responseStream, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var isAdmin = (request.Board.Length == 0 ? caller.RoleEverywhere : caller.RoleOn(ResourceNames.BoardOf(request.Board))) == CallerRole.Admin;
        var wish = request.FromWire(caller.Identity, isAdmin);
        if (wish.Board is { } board)
        {
            LeaseGate.CheckRole(context, board);
            if (!isAdmin)
            {
                gate.RefuseQuarantined(board);
            }
        }
        else
        {
            wish = wish with { MayHave = name => caller.RoleOn(name) is CallerRole.Admin || (caller.RoleOn(name) is CallerRole.Operator && !gate.IsQuarantined(name)) };
        }

        var outcome = await leases.AcquireAsync(
            wish,
            (place, token) => responseStream.WriteAsync(new Wire.AcquireLeaseResponse { Waiting = place.ToWire() }, token),
            context.CancellationToken);
        await responseStream.WriteAsync(new Wire.AcquireLeaseResponse { Lease = outcome.GetLease().ToWire() }, context.CancellationToken);
    }

    public override Task<Wire.RenewLeaseResponse> RenewLease(Wire.RenewLeaseRequest request, ServerCallContext context)
    {
        var lease = leases.Renew(gate.Own(context, request.Name).Id, request.Ttl?.ToTimeSpan());
        return Task.FromResult(new Wire.RenewLeaseResponse { Lease = lease.ToWire() });
    }

    public override async Task<Wire.ReleaseLeaseResponse> ReleaseLease(Wire.ReleaseLeaseRequest request, ServerCallContext context)
    {
        var caller = Caller.Of(context);
        var lease = gate.Own(context, request.Name);
        var ended = caller.Identity == lease.Identity
            ? await leases.ReleaseAsync(lease.Id, context.CancellationToken)
            : await leases.RevokeAsync(lease.Id, caller.Identity, context.CancellationToken);
        return new Wire.ReleaseLeaseResponse { Lease = ended.ToWire() };
    }

    public override Task<Wire.KeepLeaseResponse> KeepLease(Wire.KeepLeaseRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.KeepLeaseResponse { Lease = leases.Keep(gate.Own(context, request.Name).Id).ToWire() });

    public override async Task<Wire.RevokeLeaseResponse> RevokeLease(Wire.RevokeLeaseRequest request, ServerCallContext context)
    {
        if (request.Reason.Length > LongestReason)
        {
            throw new RequestException("LEASE_REQUEST_INVALID", $"The reason has {request.Reason.Length} characters; at most {LongestReason} are allowed. Shorten it.");
        }

        var by = Caller.Of(context).Identity;
        var ended = await leases.RevokeAsync(
            gate.Own(context, request.Name).Id, request.Reason.Length == 0 ? by : $"{by} ({request.Reason})", context.CancellationToken);
        return new Wire.RevokeLeaseResponse { Lease = ended.ToWire() };
    }

    public override async Task<Wire.TransferLeaseResponse> TransferLease(Wire.TransferLeaseRequest request, ServerCallContext context)
    {
        var lease = gate.Own(context, request.Name);
        runs.RefuseAtWork(lease.Id);
        return new Wire.TransferLeaseResponse
        {
            Lease = (await leases.TransferAsync(lease.Id, request.Identity, request.Owner, context.CancellationToken)).ToWire(),
        };
    }

    public override async Task WatchLease(Wire.WatchLeaseRequest request, IServerStreamWriter<Wire.WatchLeaseResponse> responseStream, ServerCallContext context)
    {
        var id = Seen(context, request.Name).Id;
        Lease? last = null;
        for (var sequence = 0L; !changes.IsClosed;)
        {
            var next = changes.Next;
            var lease = leases.Get(id);
            if (EventOf(last, lease) is { } happened)
            {
                await responseStream.WriteAsync(
                    new Wire.WatchLeaseResponse { Sequence = ++sequence, Event = happened, Lease = lease.ToWire() }, context.CancellationToken);
            }

            if (lease.State != LeaseState.Active)
            {
                return;
            }

            last = lease;
            await next.WaitAsync(context.CancellationToken);
        }
    }

    public override Task<Wire.GetLeaseResponse> GetLease(Wire.GetLeaseRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.GetLeaseResponse { Lease = Seen(context, request.Name).ToWire() });

    public override Task<Wire.ListLeasesResponse> ListLeases(Wire.ListLeasesRequest request, ServerCallContext context)
    {
        var board = request.Board.Length == 0 ? null : gate.Look(context, request.Board).Name;
        var caller = Caller.Of(context);
        var response = new Wire.ListLeasesResponse();
        response.Leases.Add(leases.List().Where(l => (board is null || l.Board == board) && caller.Sees(l.Board)).Select(l => l.ToWire()));
        response.Waiters.Add(leases.ListWaiters().Where(w => (board is null || w.Board == board) && caller.Sees(w.Board)).Select(w => w.ToWire()));
        return Task.FromResult(response);
    }

    private static Wire.LeaseEvent? EventOf(Lease? before, Lease now) =>
        now.State != LeaseState.Active ? Wire.LeaseEvent.Ended
        : before is null ? Wire.LeaseEvent.Snapshot
        : before.Fence != now.Fence ? Wire.LeaseEvent.Transferred
        : before.Takeover != now.Takeover ? now.Takeover is null ? Wire.LeaseEvent.TakeoverGone : Wire.LeaseEvent.TakeoverRequested
        : before.ExpireTime != now.ExpireTime ? Wire.LeaseEvent.Renewed
        : null;

    private Lease Seen(ServerCallContext context, string name)
    {
        var lease = leases.Get(ResourceNames.LeaseOf(name));
        LeaseGate.CheckRole(context, lease.Board);
        return lease;
    }
}
