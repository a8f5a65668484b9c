using FarmAgent.Boards.Leases;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Mapping;

/// <summary>Leases for the API, and requests for them from it.</summary>
internal static class LeaseMapping
{
    public static Wire.Lease ToWire(this Lease lease) => new()
    {
        Name = ResourceNames.OfLease(lease.Id),
        Board = ResourceNames.OfBoard(lease.Board),
        Owner = lease.Owner,
        Purpose = lease.Purpose,
        StartTime = lease.StartTime.ToTimestamp(),
        ExpireTime = lease.ExpireTime.ToTimestamp(),
        Ttl = lease.Ttl.ToDuration(),
        Fence = lease.Fence,
        State = lease.State switch
        {
            LeaseState.Released => Wire.LeaseState.Released,
            LeaseState.Expired => Wire.LeaseState.Expired,
            LeaseState.Revoked => Wire.LeaseState.Revoked,
            LeaseState.TakenOver => Wire.LeaseState.TakenOver,
            _ => Wire.LeaseState.Active,
        },
        Identity = lease.Identity,
        ExtendUpTo = lease.ExtendUpTo.ToDuration(),
        Takeover = lease.Takeover?.ToWire(),
        EndTime = lease.EndTime?.ToTimestamp(),
        EndReason = lease.EndReason,
    };

    private static Wire.LeaseTakeover ToWire(this LeaseTakeover takeover) => new()
    {
        Owner = takeover.Owner,
        Purpose = takeover.Purpose,
        EndTime = takeover.EndTime.ToTimestamp(),
        Firm = takeover.IsFirm,
    };

    public static Wire.LeaseWaiter ToWire(this LeaseWaiter waiter) => new()
    {
        Board = ResourceNames.OfBoard(waiter.Board),
        Owner = waiter.Owner,
        Position = waiter.Position,
        Purpose = waiter.Purpose,
        Estimate = waiter.Estimate.ToDuration(),
        TakeoverDeclined = waiter.IsDeclined,
    };

    public static LeaseRequest FromWire(this Wire.AcquireLeaseRequest request, string identity, bool isAdministrator) => new()
    {
        Board = request.Board.Length == 0 ? null : ResourceNames.BoardOf(request.Board),
        Labels = request.Labels.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal),
        Owner = request.Owner.Length == 0 ? identity : request.Owner,
        Identity = identity,
        Purpose = request.Purpose,
        Ttl = request.Ttl?.ToTimeSpan() ?? LeaseOptions.DefaultTtl,
        Wait = request.Wait?.ToTimeSpan() ?? TimeSpan.Zero,
        ExtendUpTo = request.ExtendUpTo?.ToTimeSpan(),
        Takeover = request.Takeover,
        IsFirm = request.Takeover && isAdministrator,
        RequestId = request.RequestId,
    };
}
