using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl boards check</c> and what follows from it.</summary>
internal static class BoardCheckCommands
{
    private static readonly Argument<string> Why = new("TEXT") { Description = "What is wrong with it, for others to read" };

    public static void AddTo(Command boards)
    {
        boards.Subcommands.Add(Verb.Make(
            "check", "Check the board's wires over SWD, without any firmware; names what is open, bridged or stuck", [], CheckAsync));
        boards.Subcommands.Add(Verb.Make("quarantine", "Keep the board from being leased by anybody but administrators", [Why], QuarantineAsync));
        boards.Subcommands.Add(Verb.Make("restore", "Let the board be leased again", [], RestoreAsync));
    }

    private static async Task<int> CheckAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var lease = await context.LeaseAsync("boards check", cancellationToken);
        var answer = await context.Client.Checks.CheckBoardAsync(new CheckBoardRequest { Board = lease.Board, Lease = lease.Name }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => Write(writer, answer.Check));
        return answer.Check.Passed ? ExitCodes.Ok : ExitCodes.BenchError;
    }

    private static async Task<int> QuarantineAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var answer = await context.Client.Checks.QuarantineBoardAsync(
            new QuarantineBoardRequest { Board = board.Name, Text = context.Need(Why) }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine($"{BoardNames.ToShort(board.Name)}  in quarantine ({answer.Quarantine.Reason}): {answer.Quarantine.Text}"));
        return ExitCodes.Ok;
    }

    private static async Task<int> RestoreAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        var answer = await context.Client.Checks.RestoreBoardAsync(new RestoreBoardRequest { Board = board.Name }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine($"{BoardNames.ToShort(board.Name)}  can be leased"));
        return ExitCodes.Ok;
    }

    private static void Write(TextWriter writer, BoardCheck check)
    {
        var table = new TextTable("WIRE", "RESULT", "FOUND");
        foreach (var step in check.Steps)
        {
            var result = step.Outcome switch
            {
                CheckOutcome.Passed => "ok",
                CheckOutcome.Failed => step.Reason,
                _ => "not checked",
            };
            table.Row(step.Subject, result, step.Text);
        }

        table.WriteTo(writer);
        var failed = check.Steps.Count(s => s.Outcome == CheckOutcome.Failed);
        writer.WriteLine(check.Passed
            ? $"{BoardNames.ToShort(check.Board)}: in order"
            : $"{BoardNames.ToShort(check.Board)}: {failed} {(failed == 1 ? "fault" : "faults")}; it is in quarantine until it is mended: farmctl boards restore");
    }
}
