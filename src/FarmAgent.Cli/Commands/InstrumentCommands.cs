using System.CommandLine;
using System.Globalization;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl instrument …</c>: current meters, port expanders and sensors of the bench.</summary>
internal static class InstrumentCommands
{
    private static readonly Argument<string?> Name = new("NAME") { Description = "Name in the board's file (default: its only one)", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create() => Verb.Group("instrument", "Instruments of the bench",
        Verb.Make("list", "Instruments that the board declares", [], ListAsync),
        Verb.Make("read", "Measure", [Name], ReadAsync));

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var answer = await context.Client.Instruments.ListInstrumentsAsync(new ListInstrumentsRequest { Board = board.Name }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer =>
        {
            var table = new TextTable("NAME", "KIND", "ADAPTER", "ADDRESS");
            foreach (var instrument in answer.Instruments)
            {
                table.Row(instrument.Name, instrument.Kind, instrument.Adapter, $"0x{instrument.Address:X2}");
            }

            table.WriteTo(writer);
        });
        return ExitCodes.Ok;
    }

    private static async Task<int> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("instrument read", cancellationToken);
        var answer = await context.Client.Instruments.ReadInstrumentAsync(
            new ReadInstrumentRequest { Board = board.Name, Lease = lease.Name, Instrument = context.Get(Name) ?? "" }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer =>
        {
            var table = new TextTable("QUANTITY", "VALUE", "UNIT");
            foreach (var reading in answer.Readings)
            {
                table.Row(reading.Quantity, reading.Value.ToString("G6", CultureInfo.InvariantCulture), reading.Unit);
            }

            table.WriteTo(writer);
        });
        return ExitCodes.Ok;
    }
}
