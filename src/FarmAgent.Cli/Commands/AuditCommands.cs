using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl audit …</c>: who did what.</summary>
internal static class AuditCommands
{
    private static readonly Option<string?> Kind = new("--kind") { Description = "Only lease, flash, run, admin, io, refused or audit", HelpName = "KIND" };

    private static readonly Option<string?> Who = new("--who") { Description = "Only of this identity, for example token:ci", HelpName = "IDENTITY" };

    private static readonly Option<int> Count = new("--count") { Description = "How many, up to 1000", HelpName = "N", DefaultValueFactory = _ => 50 };

    private static readonly Option<string?> Head = new("--head") { Description = "A head noted before, which must be in the chain", HelpName = "HASH" };

    public static Command Create() => Verb.Group("audit", "Who did what (administrators)",
        Verb.Make("list", "Records, newest first", [Kind, Who, Count], ListAsync),
        Verb.Make("verify", "Check that nothing was changed, removed or put in", [Head], VerifyAsync));

    private static async Task<int> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new ListAuditRecordsRequest
        {
            Board = context.Get(GlobalOptions.Board) is { Length: > 0 } board ? BoardNames.ToResource(board) : "",
            Kind = context.Get(Kind) ?? "",
            Who = context.Get(Who) ?? "",
            PageSize = context.Get(Count),
        };
        var answer = await context.Client.Audit.ListAuditRecordsAsync(request, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer =>
        {
            var table = new TextTable("NUMBER", "TIME", "KIND", "WHO", "WHAT", "BOARD", "OUTCOME", "OF WHAT");
            foreach (var record in answer.Records)
            {
                var outcome = record.Count == 1 ? record.Outcome : $"{record.Count} times, {record.Failed} failed {record.Outcome}".TrimEnd();
                table.Row(
                    $"{record.Sequence}",
                    $"{record.Time.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}",
                    record.Kind,
                    record.Who,
                    record.What,
                    record.Board.Length == 0 ? "" : BoardNames.ToShort(record.Board),
                    outcome,
                    string.Join(' ', new[] { record.Target, record.Note }.Where(t => t.Length > 0)));
            }

            table.WriteTo(writer);
        });
        return ExitCodes.Ok;
    }

    private static async Task<int> VerifyAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Audit.VerifyAuditAsync(new VerifyAuditRequest { Head = context.Get(Head) ?? "" }, cancellationToken: cancellationToken);
        var isWhole = answer.Problems.Count == 0 && answer.HeadFound;
        context.Output.Result(answer, writer =>
        {
            foreach (var problem in answer.Problems)
            {
                writer.WriteLine(problem);
            }

            writer.WriteLine($"{answer.Records} records, {answer.FirstSequence} to {answer.LastSequence}");
            writer.WriteLine($"head {answer.Head}");
            writer.WriteLine(answer.HeadFound ? isWhole ? "whole" : "BROKEN" : "BROKEN: the head that was noted is not in the chain");
        });
        return isWhole ? ExitCodes.Ok : ExitCodes.BenchError;
    }
}
