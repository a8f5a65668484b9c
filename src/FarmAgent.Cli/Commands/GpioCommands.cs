using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl gpio …</c>: the host's own lines.</summary>
internal static class GpioCommands
{
    private static readonly Argument<string?> Line = new("LINE")
    {
        Description = "Name or old sysfs number, for example PG11 or 203 (default: all)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    internal static readonly Argument<string> OneLine = new("LINE") { Description = "Name or old sysfs number, for example PG11 or 203" };

    internal static readonly Argument<string> Level = new("LEVEL") { Description = "0 or 1" };

    internal static readonly Argument<string> PulseDuration = new("DURATION") { Description = "How long, for example 10ms (up to 60s)" };

    internal static readonly Option<string> Edge = new("--edge") { Description = "rising, falling or both", HelpName = "EDGE", DefaultValueFactory = _ => "both" };

    internal static readonly Option<string?> Debounce = new("--debounce") { Description = "A level that does not last this long is no change, for example 5ms", HelpName = "DURATION" };

    internal static readonly Option<int?> Count = new("--count") { Description = "End after so many changes", HelpName = "N" };

    internal static readonly Option<string?> Limit = new("--for") { Description = "End after this time, for example 10s; fewer changes than --count asks for are then an error", HelpName = "DURATION" };

    public static Command Create() => Verb.Group("gpio", "GPIO lines of the host that are wired to the board",
        Verb.Make("get", "Level of a line", [Line], GetAsync),
        Verb.Make("set", "Drive a line", [OneLine, Level], SetAsync),
        Verb.Make("pulse", "Drive a line for a time and back", [OneLine, Level, PulseDuration], GpioPulseCommand.RunAsync),
        Verb.Make("watch", "Print each change of level of an input, with the time at which the kernel saw it", [OneLine, Edge, Debounce, Count, Limit], GpioWatchCommand.RunAsync));

    private static async Task<int> GetAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("gpio get", cancellationToken);
        if (context.Get(Line) is { } name)
        {
            var one = await context.Client.Gpio.GetLineAsync(
                new GetLineRequest { Board = board.Name, Lease = lease.Name, Line = name }, cancellationToken: cancellationToken);
            context.Output.Result(one.Line, writer => writer.WriteLine(one.Line.High ? "1" : "0"));
            return ExitCodes.Ok;
        }

        var all = await context.Client.Gpio.ListLinesAsync(
            new ListLinesRequest { Board = board.Name, Lease = lease.Name }, cancellationToken: cancellationToken);
        context.Output.Result(all, writer =>
        {
            var table = new TextTable("LINE", "DIRECTION", "LEVEL");
            foreach (var line in all.Lines)
            {
                table.Row(line.Name, line.Direction == LineDirection.Output ? "output" : "input", line.High ? "1" : "0");
            }

            table.WriteTo(writer);
        });
        return ExitCodes.Ok;
    }

    private static async Task<int> SetAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var high = NumberText.Parse(context.Need(Level), "LEVEL", 1) == 1;
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("gpio set", cancellationToken);
        var answer = await context.Client.Gpio.SetLineAsync(
            new SetLineRequest { Board = board.Name, Lease = lease.Name, Line = context.Need(OneLine), High = high }, cancellationToken: cancellationToken);
        context.Output.Result(answer.Line, writer => writer.WriteLine($"{answer.Line.Name} = {(answer.Line.High ? 1 : 0)}"));
        return ExitCodes.Ok;
    }
}
