using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Security;
using FarmAgent.Boards.Leases;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Services;

/// <summary>Leases.</summary>
internal sealed class LeaseGrpcService(LeaseManager leases, LeaseGate gate) : Wire.LeaseService.LeaseServiceBase
{
    public override async Task AcquireLease(
        Wire.AcquireLeaseRequest request, IServerStreamWriter<Wire.AcquireLeaseResponse> responseStream, ServerCallContext context)
    {
        var outcome = await leases.AcquireAsync(
            request.FromWire(Caller.Of(context).Identity),
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

    public override Task<Wire.GetLeaseResponse> GetLease(Wire.GetLeaseRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.GetLeaseResponse { Lease = leases.Get(ResourceNames.LeaseOf(request.Name)).ToWire() });

    public override Task<Wire.ListLeasesResponse> ListLeases(Wire.ListLeasesRequest request, ServerCallContext context)
    {
        var board = request.Board.Length == 0 ? null : gate.Look(request.Board).Name;
        var response = new Wire.ListLeasesResponse();
        response.Leases.Add(leases.List().Where(l => board is null || l.Board == board).Select(l => l.ToWire()));
        response.Waiters.Add(leases.ListWaiters().Where(w => board is null || w.Board == board).Select(w => w.ToWire()));
        return Task.FromResult(response);
    }
}
