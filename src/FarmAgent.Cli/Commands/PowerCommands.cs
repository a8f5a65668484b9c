using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl power …</c>: the board's supply, where a relay or a USB port switches it.</summary>
internal static class PowerCommands
{
    private static readonly Option<string?> OffTime = new("--off-time") { Description = "How long it stays off, for example 2s (default: as the board's file says)", HelpName = "DURATION" };

    public static Command Create() => Verb.Group("power", "Supply of the board, by relay or USB port",
        Verb.Make("status", "Whether it is on", [], StatusAsync),
        Verb.Make("on", "Switch it on and wait until the board can be used", [], (context, cancellationToken) => SetAsync(context, on: true, cancellationToken)),
        Verb.Make("off", "Switch it off", [], (context, cancellationToken) => SetAsync(context, on: false, cancellationToken)),
        Verb.Make("cycle", "Switch it off and on again", [OffTime], CycleAsync));

    private static async Task<int> StatusAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("power status", cancellationToken);
        var answer = await context.Client.Power.GetPowerAsync(new GetPowerRequest { Board = board.Name, Lease = lease.Name }, cancellationToken: cancellationToken);
        return Show(context, board.Name, answer.Power);
    }

    private static async Task<int> SetAsync(CommandContext context, bool on, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync(on ? "power on" : "power off", cancellationToken);
        var answer = await context.Client.Power.SetPowerAsync(new SetPowerRequest { Board = board.Name, Lease = lease.Name, On = on }, cancellationToken: cancellationToken);
        return Show(context, board.Name, answer.Power);
    }

    private static async Task<int> CycleAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var offTime = context.Get(OffTime) is { } text ? DurationText.Parse(text).ToDuration() : null;
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("power cycle", cancellationToken);
        var answer = await context.Client.Power.CyclePowerAsync(
            new CyclePowerRequest { Board = board.Name, Lease = lease.Name, OffTime = offTime }, cancellationToken: cancellationToken);
        return Show(context, board.Name, answer.Power);
    }

    private static int Show(CommandContext context, string board, Power power)
    {
        context.Output.Result(power, writer => writer.WriteLine($"{BoardNames.ToShort(board)}  {(power.On ? "on" : "off")} ({power.Switch})"));
        return ExitCodes.Ok;
    }
}
