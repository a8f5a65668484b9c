using System.CommandLine;
using System.Globalization;
using System.Text;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;
using Grpc.Core;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl serial tail</c>: the console that was recorded anyway. Looking needs no lease.</summary>
internal static class SerialCommands
{
    private static readonly Option<string?> Port = new("--port") { Description = "Console of the board (default: its first)", HelpName = "NAME" };

    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on with what comes" };

    private static readonly Option<string> From = new("--from")
    {
        Description = "First byte, counted from the start of the recording; negative counts from its end",
        HelpName = "OFFSET",
        DefaultValueFactory = _ => "-4096",
    };

    public static Command Create() => Verb.Group("serial", "The board's consoles",
        Verb.Make("tail", "Print the recorded console", [Port, Follow, From], TailAsync));

    private static async Task<int> TailAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!long.TryParse(context.Get(From), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var from))
        {
            throw new UsageException("BAD_NUMBER", $"--from '{context.Get(From)}' is no offset. Write 0 for the start or -4096 for the last 4 KiB.");
        }

        var board = await context.BoardAsync(cancellationToken);
        using var call = context.Client.Serial.TailSerial(
            new TailSerialRequest { Board = board.Name, Port = context.Get(Port) ?? "", FromOffset = from, Follow = context.Get(Follow) },
            cancellationToken: cancellationToken);

        // A character may be split between two pieces, so the decoder keeps its state.
        var decoder = Encoding.UTF8.GetDecoder();
        var text = new char[8192];
        await foreach (var piece in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (context.Output.IsJson)
            {
                context.Output.Result(piece, _ => { });
                continue;
            }

            var rest = piece.Data.Span;
            while (rest.Length > 0)
            {
                decoder.Convert(rest, text, flush: false, out var used, out var written, out _);
                context.Output.Stream.Write(text, 0, written);
                rest = rest[used..];
            }

            context.Output.Stream.Flush();
        }

        return ExitCodes.Ok;
    }
}
