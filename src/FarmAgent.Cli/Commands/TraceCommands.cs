using System.CommandLine;
using System.Globalization;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl trace …</c>: what passed over a board's wires lately, decoded, or as a file for a logic analyser. Looking needs no lease.</summary>
internal static class TraceCommands
{
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on with what comes" };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "First entry, by its sequence number; 0 for all in memory, negative counts back from the newest (default: -40, with --channel 0)",
        HelpName = "SEQUENCE",
    };

    private static readonly Option<string[]> Channels = new("--channel", "-c")
    {
        Description = "Only these: mark, probe, i2c, gpio, serial (may be given several times)",
        HelpName = "KIND",
    };

    private static readonly Option<string?> Vcd = new("--vcd") { Description = "Value change dump to write, for PulseView or GTKWave", HelpName = "FILE" };
    private static readonly Option<string?> Text = new("--text") { Description = "Decoded text to write", HelpName = "FILE" };
    private static readonly Option<string?> Lines = new("--json") { Description = "JSON to write, an entry a line", HelpName = "FILE" };
    private static readonly Option<string?> Last = new("--last") { Description = "How far back, for example 10s (default: all in memory)", HelpName = "DURATION" };

    private static readonly Option<string?> Operation = new("--operation")
    {
        Description = "The trace that was saved when this operation failed, instead of what is in memory",
        HelpName = "ID",
    };

    public static Command Create() => Verb.Group("trace", "What passed over the board's wires lately",
        Verb.Make("tail", "Print the flight recorder: probe, I2C, GPIO, serial on one clock", [Follow, From, Channels], TailAsync),
        Verb.Make("save", "Save the flight recorder", [Vcd, Text, Lines, Last, Operation], SaveAsync));

    private static async Task<int> TailAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var channels = context.Get(Channels) ?? [];
        if (!long.TryParse(context.Get(From) ?? (channels.Length > 0 ? "0" : "-40"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var from))
        {
            throw new UsageException("BAD_NUMBER", $"--from '{context.Get(From)}' is no sequence number. Write 0 for all, or -40 for the last 40 entries.");
        }

        var board = await context.BoardAsync(cancellationToken);
        var request = new TailTraceRequest { Board = board.Name, FromSequence = from, Follow = context.Get(Follow) };
        request.Channels.Add(channels.Select(ChannelOf));
        using var call = context.Client.Traces.TailTrace(request, cancellationToken: cancellationToken);
        await foreach (var piece in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (piece.Dropped > 0)
            {
                context.Output.Note($"{piece.Dropped} entries gave way before they could be shown");
            }

            foreach (var entry in piece.Entries)
            {
                context.Output.Result(entry, writer => writer.WriteLine(entry.Line));
            }
        }

        return ExitCodes.Ok;
    }

    private static async Task<int> SaveAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (vcd, text, json) = (context.Get(Vcd), context.Get(Text), context.Get(Lines));
        if (vcd is null && text is null && json is null)
        {
            throw new UsageException("NO_FILE", "No file is named. Write --vcd FILE, --text FILE or --json FILE, or several of them.");
        }

        if (json is not null && (context.Get(Operation) is not null || context.Get(Last) is not null))
        {
            throw new UsageException("BAD_COMBINATION", "--json is for all that is in memory; --last and --operation go with --vcd and --text.");
        }

        var board = await context.BoardAsync(cancellationToken);
        var all = new GetTraceRequest { Board = board.Name };
        if (vcd is not null)
        {
            await ExportAsync(context, board.Name, TraceFormat.Vcd, vcd, cancellationToken);
        }

        if (text is not null)
        {
            await ExportAsync(context, board.Name, TraceFormat.Text, text, cancellationToken);
        }

        if (json is not null)
        {
            await SaveEntriesAsync(context, board.Name, json, cancellationToken);
        }

        var answer = await context.Client.Traces.GetTraceAsync(all, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine(
            $"{BoardNames.ToShort(board.Name)}  saved {string.Join(", ", new[] { vcd, text, json }.OfType<string>())}; in memory are entries {answer.FirstSequence} to {answer.NextSequence - 1}"));
        return ExitCodes.Ok;
    }

    private static async Task ExportAsync(CommandContext context, string board, TraceFormat format, string path, CancellationToken cancellationToken)
    {
        var request = new ExportTraceRequest
        {
            Board = board,
            Format = format,
            Last = context.Get(Last) is { } last ? DurationText.Parse(last).ToDuration() : null,
            Operation = context.Get(Operation) ?? "",
        };
        using var call = context.Client.Traces.ExportTrace(request, cancellationToken: cancellationToken);

        // The file is made when there is something to write: a refusal leaves none.
        FileStream? file = null;
        try
        {
            await foreach (var piece in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                file ??= File.Create(path);
                await file.WriteAsync(piece.Data.Memory, cancellationToken);
            }

            file ??= File.Create(path);
        }
        finally
        {
            await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static async Task SaveEntriesAsync(CommandContext context, string board, string path, CancellationToken cancellationToken)
    {
        using var call = context.Client.Traces.TailTrace(new TailTraceRequest { Board = board }, cancellationToken: cancellationToken);
        await using var file = new StreamWriter(path);
        await foreach (var piece in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            foreach (var entry in piece.Entries)
            {
                await file.WriteLineAsync(JsonFormatter.Default.Format(entry));
            }
        }
    }

    private static TraceChannel ChannelOf(string word) => word switch
    {
        "mark" => TraceChannel.Mark,
        "probe" => TraceChannel.Probe,
        "i2c" => TraceChannel.I2C,
        "gpio" => TraceChannel.Gpio,
        "serial" => TraceChannel.Serial,
        _ => throw new UsageException("BAD_CHANNEL", $"--channel '{word}' is none of mark, probe, i2c, gpio, serial. Write one of them."),
    };
}
