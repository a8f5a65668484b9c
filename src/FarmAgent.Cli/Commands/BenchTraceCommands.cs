using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;
using Grpc.Core;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl bench trace …</c>: what passes over the wires of a virtual bench, for administrators.</summary>
internal static class BenchTraceCommands
{
    private static readonly Option<string?> Target = new("--to") { Description = "File to write (default: standard output)", HelpName = "FILE" };

    public static Command Create() => Verb.Group("trace", "Record what passes over the bench's wires",
        Verb.Make("start", "Begin a recording; an older one is forgotten", [], (context, cancellationToken) => SetAsync(context, isOn: true, cancellationToken)),
        Verb.Make("stop", "End it; it can still be shown", [], (context, cancellationToken) => SetAsync(context, isOn: false, cancellationToken)),
        Verb.Make("show", "Print or save it: time, channel, source, bytes, outcome", [Target], ShowAsync));

    private static async Task<int> SetAsync(CommandContext context, bool isOn, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var answer = await context.Client.Bench.SetTraceAsync(new SetTraceRequest { Board = board.Name, On = isOn }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine($"{BoardNames.ToShort(board.Name)}  trace {(isOn ? "started" : "stopped")}"));
        return ExitCodes.Ok;
    }

    private static async Task<int> ShowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        using var call = context.Client.Bench.ReadTrace(new ReadTraceRequest { Board = board.Name }, cancellationToken: cancellationToken);
        var file = context.Get(Target);
        await using var saved = file is null ? null : new StreamWriter(file);
        await foreach (var part in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (saved is null && context.Output.IsJson)
            {
                context.Output.Result(part, _ => { });
                continue;
            }

            var writer = saved ?? context.Output.Stream;
            if (part.Dropped > 0)
            {
                writer.WriteLine($"# {part.Dropped} older records were dropped");
            }

            foreach (var line in part.Lines)
            {
                writer.WriteLine(line);
            }
        }

        return ExitCodes.Ok;
    }
}
