using System.Globalization;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl gpio pulse LINE LEVEL DURATION</c>: the agent keeps the time, so the network does not stretch it.</summary>
internal static class GpioPulseCommand
{
    public static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var high = NumberText.Parse(context.Need(GpioCommands.Level), "LEVEL", 1) == 1;
        var duration = DurationText.Parse(context.Need(GpioCommands.PulseDuration));
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("gpio pulse", cancellationToken);
        var answer = await context.Client.Gpio.PulseLineAsync(
            new PulseLineRequest
            {
                Board = board.Name,
                Lease = lease.Name,
                Line = context.Need(GpioCommands.OneLine),
                High = high,
                Duration = duration.ToDuration(),
            },
            cancellationToken: cancellationToken);
        var milliseconds = answer.Measured.ToTimeSpan().TotalMilliseconds.ToString("F3", CultureInfo.InvariantCulture);
        context.Output.Result(answer, writer => writer.WriteLine($"{answer.Line.Name} = {(high ? 1 : 0)} for {milliseconds} ms, now {(answer.Line.High ? 1 : 0)}"));
        return ExitCodes.Ok;
    }
}
