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
            _ => Wire.LeaseState.Active,
        },
    };

    public static Wire.LeaseWaiter ToWire(this LeaseWaiter waiter) => new()
    {
        Board = ResourceNames.OfBoard(waiter.Board),
        Owner = waiter.Owner,
        Position = waiter.Position,
    };

    public static LeaseRequest FromWire(this Wire.AcquireLeaseRequest request, string identity) => new()
    {
        Board = request.Board.Length == 0 ? null : ResourceNames.BoardOf(request.Board),
        Labels = request.Labels.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal),
        Owner = request.Owner.Length == 0 ? identity : request.Owner,
        Identity = identity,
        Purpose = request.Purpose,
        Ttl = request.Ttl?.ToTimeSpan() ?? LeaseOptions.DefaultTtl,
        Wait = request.Wait?.ToTimeSpan() ?? TimeSpan.Zero,
        RequestId = request.RequestId,
    };
}
