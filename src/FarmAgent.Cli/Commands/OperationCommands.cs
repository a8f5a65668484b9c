using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl operation …</c>: a flash lives in the agent; this finds it again.</summary>
internal static class OperationCommands
{
    private static readonly Argument<string?> Name = new("OPERATION")
    {
        Description = "Name of the operation, operations/…",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> RequestId = new("--request-id") { Description = "Find it by the id that was given to flash", HelpName = "ID" };

    public static Command Create() => Verb.Group("operation", "Flashes and erases that the agent runs",
        Verb.Make("show", "How it stands", [Name, RequestId], async (context, cancellationToken) =>
        {
            var answer = await context.Client.Flash.GetOperationAsync(
                new GetOperationRequest { Name = context.Get(Name) ?? "", RequestId = context.Get(RequestId) ?? "" }, cancellationToken: cancellationToken);
            context.Output.Result(answer.Operation, writer => Write(writer, answer.Operation));
            return ExitCodes.Ok;
        }),
        Verb.Make("cancel", "Stop it at a page boundary", [Name, RequestId], async (context, cancellationToken) =>
        {
            var answer = await context.Client.Flash.CancelOperationAsync(
                new CancelOperationRequest { Name = context.Get(Name) ?? "", RequestId = context.Get(RequestId) ?? "" }, cancellationToken: cancellationToken);
            context.Output.Result(answer.Operation, writer => Write(writer, answer.Operation));
            return ExitCodes.Ok;
        }));

    private static void Write(TextWriter writer, Operation operation)
    {
        writer.WriteLine($"{operation.Name}  {operation.Kind} on {BoardNames.ToShort(operation.Board)}: {WireNames.Of(operation.State)}");
        if (operation.Plan is { } plan)
        {
            writer.WriteLine($"plan       {FlashText.Plan(plan)}");
        }

        if (operation.Receipt is { } receipt)
        {
            writer.WriteLine($"receipt    {FlashText.ReceiptId(receipt.Name)} · {FlashText.Digest(receipt.Image)}");
        }

        if (operation.Error is { Reason.Length: > 0 } error)
        {
            writer.WriteLine($"{error.Reason}: {error.Message}");
        }

        if (operation.Undefined.Count > 0)
        {
            writer.WriteLine($"undefined  {FlashText.Ranges(operation.Undefined)}");
        }
    }
}
