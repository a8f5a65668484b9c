using System.Globalization;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl gpio watch LINE</c>: one line per change, with the time since the last one.</summary>
internal static class GpioWatchCommand
{
    public static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new WatchLineRequest { Line = context.Need(GpioCommands.OneLine), Edge = EdgeOf(context.Get(GpioCommands.Edge)!) };
        if (context.Get(GpioCommands.Debounce) is { } debounce)
        {
            request.Debounce = DurationText.Parse(debounce).ToDuration();
        }

        var limit = context.Get(GpioCommands.Limit) is { } text ? DurationText.Parse(text) : Timeout.InfiniteTimeSpan;
        var wanted = context.Get(GpioCommands.Count);
        request.Board = (await context.BoardAsync(cancellationToken)).Name;
        await using var lease = await context.LeaseAsync("gpio watch", cancellationToken);
        request.Lease = lease.Name;

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit);
        var seen = 0;
        try
        {
            seen = await PrintAsync(context, request, wanted, count => seen = count, ending.Token);
        }
        catch (RpcException) when (ending.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The time is over; what was seen decides.
        }

        return wanted is null || seen >= wanted
            ? ExitCodes.Ok
            : throw new CommandFailedException(
                "GPIO_TOO_FEW_EDGES",
                $"{request.Line} changed {seen} times within {context.Get(GpioCommands.Limit)}; {wanted} changes were asked for. Is the wire joined, and does the firmware run?",
                ExitCodes.Timeout);
    }

    private static async Task<int> PrintAsync(
        CommandContext context, WatchLineRequest request, int? wanted, Action<int> seen, CancellationToken cancellationToken)
    {
        using var call = context.Client.Gpio.WatchLine(request, cancellationToken: cancellationToken);
        Duration? last = null;
        var count = 0;
        await foreach (var change in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (change.Edge == LineEdge.Unspecified)
            {
                context.Output.Note($"watching {change.Line}, now {(change.High ? 1 : 0)}");
                continue;
            }

            var since = last is null ? "" : " +" + (change.BenchTime - last).ToTimeSpan().TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture) + " ms";
            last = change.BenchTime;
            context.Output.Result(
                change,
                writer => writer.WriteLine(
                    $"{change.Time.ToDateTime().ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture)} {change.Line} {(change.High ? "rising" : "falling")} #{change.Sequence}{since}"));

            seen(++count);
            if (count == wanted)
            {
                break;
            }
        }

        return count;
    }

    private static LineEdge EdgeOf(string text) => text switch
    {
        "both" => LineEdge.Unspecified,
        "rising" => LineEdge.Rising,
        "falling" => LineEdge.Falling,
        _ => throw new UsageException("BAD_EDGE", $"--edge '{text}' is none of rising, falling, both."),
    };
}
