using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Cli.Rendering;

/// <summary>Leases, places in the line and takeovers for people.</summary>
internal static class LeaseText
{
    public static string Clock(Timestamp time) => time.ToDateTimeOffset().ToString("HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A place in the line.</summary>
    public static string Of(LeaseWaiter waiter) =>
        $"waiting, place {waiter.Position} in line, {In(waiter.Estimate)}{(waiter.TakeoverDeclined ? "; its holder was asked and keeps it" : "")}";

    /// <summary>An estimate.</summary>
    public static string In(Duration? estimate) => estimate?.ToTimeSpan() switch
    {
        null => "",
        { TotalMinutes: < 2 } short_ => $"in about {Math.Max(1, short_.TotalSeconds):0} s",
        { TotalHours: < 2 } some => $"in about {some.TotalMinutes:0} min",
        { } long_ => $"in about {long_.TotalHours:0} h",
    };

    /// <summary>What the holder of a board has to know when somebody asks for it.</summary>
    public static string Of(LeaseTakeover takeover) =>
        $"{takeover.Owner} asks for the board{(takeover.Purpose.Length > 0 ? $" (\"{takeover.Purpose}\")" : "")}; the lease ends at {Clock(takeover.EndTime)}"
        + (takeover.Firm ? ", by an administrator" : " unless it is kept: farmctl lease keep");

    /// <summary>An event of a watched lease.</summary>
    public static string Of(WatchLeaseResponse answer)
    {
        var lease = answer.Lease;
        var board = BoardNames.ToShort(lease.Board);
        return answer.Event switch
        {
            LeaseEvent.TakeoverRequested => $"{board}: {Of(lease.Takeover)}",
            LeaseEvent.TakeoverGone => $"{board}: nobody asks for it any more; {lease.Owner}'s until {Clock(lease.ExpireTime)}",
            LeaseEvent.Ended => $"{board}: {WireNames.Of(lease.State)} ({lease.EndReason})",
            _ => $"{board}: {lease.Owner}'s until {Clock(lease.ExpireTime)} (fence {lease.Fence})",
        };
    }
}
