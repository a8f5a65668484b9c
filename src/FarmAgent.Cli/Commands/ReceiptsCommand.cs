using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl receipts</c>: proofs of what was flashed.</summary>
internal static class ReceiptsCommand
{
    private static readonly Option<string?> RequestId = new("--request-id") { Description = "Only the one of this request", HelpName = "ID" };

    public static Command Create() =>
        Verb.Make("receipts", "Proofs of what was flashed, newest first", [RequestId], async (context, cancellationToken) =>
        {
            var answer = await context.Client.Flash.ListReceiptsAsync(
                new ListReceiptsRequest { RequestId = context.Get(RequestId) ?? "" }, cancellationToken: cancellationToken);
            context.Output.Result(answer, writer =>
            {
                var table = new TextTable("RECEIPT", "BOARD", "IMAGE", "DIGEST", "WHEN", "VERIFIED", "BENCH", "VERSION");
                foreach (var receipt in answer.Receipts)
                {
                    table.Row(
                        FlashText.ReceiptId(receipt.Name),
                        BoardNames.ToShort(receipt.Board),
                        receipt.FileName,
                        FlashText.Digest(receipt.Image),
                        receipt.EndTime.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss"),
                        WireNames.Of(receipt.VerifyMethod),
                        receipt.Virtual ? "virtual" : "real",
                        receipt.SignedBy is { } signer ? $"{signer.Version} ({signer.Commit})" : "");
                }

                table.WriteTo(writer);
            });
            return ExitCodes.Ok;
        });
}
