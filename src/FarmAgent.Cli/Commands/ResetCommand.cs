using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl reset</c>.</summary>
internal static class ResetCommand
{
    private static readonly Option<bool> Halt = new("--halt") { Description = "Halt at the first instruction instead of running" };

    public static Command Create() => Verb.Make("reset", "Reset the chip under test", [Halt], async (context, cancellationToken) =>
    {
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("reset", cancellationToken);
        var answer = await context.Client.Debug.ResetAsync(new ResetRequest
        {
            Board = board.Name,
            Lease = lease.Name,
            Mode = context.Get(Halt) ? ResetMode.Halt : ResetMode.Run,
        }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => writer.WriteLine($"{BoardNames.ToShort(board.Name)}  {ChipCommands.CoreText(answer.Core)}"));
        return ExitCodes.Ok;
    });
}
