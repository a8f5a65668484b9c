using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl flash IMAGE</c>: success only with a receipt.</summary>
internal static class FlashCommand
{
    private static readonly Argument<string[]> ImagePaths = new("IMAGE")
    {
        Description = "ELF, Intel HEX, S-records or raw binary; several are flashed as one image, and must not overlap",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Verify = Choice("--verify", "How to prove the content: CRC on the chip, or read back", "crc", "readback");

    private static readonly Option<string> Reset = Choice("--reset", "What the core does afterwards", "run", "halt", "none");

    private static readonly Option<string?> Base = new("--base") { Description = "Where a raw binary goes (default: start of flash)", HelpName = "ADDRESS" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Make the plan and write nothing" };

    private static readonly Option<bool> SectorsOnly = new("--sectors-only") { Description = "Never erase the whole flash at once" };

    private static readonly Option<string?> RequestId = new("--request-id")
    {
        Description = "The same id attaches to the same flash, also after this command was killed",
        HelpName = "ID",
    };

    public static Command Create() =>
        Verb.Make("flash", "Flash an image and prove it", [ImagePaths, Verify, Reset, Base, DryRun, SectorsOnly, RequestId, SignatureFiles.Signature, SignatureFiles.Meta], RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var paths = context.Need(ImagePaths);
        var baseAddress = context.Get(Base) is { } text ? NumberText.Parse(text, "--base") : 0;
        var board = await context.BoardAsync(cancellationToken);
        var image = await UploadAsync(context, paths, baseAddress, cancellationToken);
        await using var lease = await context.LeaseAsync($"flash {image.FileName}", cancellationToken);
        var requestId = context.Get(RequestId) ?? Guid.NewGuid().ToString("N");
        var operation = new FlashOperation(context, requestId);
        await operation.FlashAsync(new FlashRequest
        {
            Board = board.Name,
            Lease = lease.Name,
            Image = image.Name,
            VerifyMethod = context.Get(Verify) == "readback" ? VerifyMethod.Readback : VerifyMethod.Crc,
            ResetMode = context.Get(Reset) switch { "halt" => ResetMode.Halt, "none" => ResetMode.None, _ => ResetMode.Run },
            DryRun = context.Get(DryRun),
            SectorsOnly = context.Get(SectorsOnly),
            RequestId = requestId,
            Signature = await SignatureFiles.ReadAsync(context, paths, cancellationToken),
        }, cancellationToken);
        return Report(context, BoardNames.ToShort(board.Name), image, operation);
    }

    private static async Task<Image> UploadAsync(CommandContext context, string[] paths, uint baseAddress, CancellationToken cancellationToken)
    {
        var combine = new CombineImagesRequest();
        var last = new Image();
        foreach (var path in paths)
        {
            last = await context.Client.UploadImageAsync(path, baseAddress, cancellationToken);
            combine.Images.Add(last.Name);
        }

        return paths.Length == 1 ? last : (await context.Client.Flash.CombineImagesAsync(combine, cancellationToken: cancellationToken)).Image;
    }

    private static int Report(CommandContext context, string board, Image image, FlashOperation operation)
    {
        if (context.Get(DryRun) && operation.Plan is { } plan)
        {
            context.Output.Result(plan, writer => writer.WriteLine($"{board}  {image.FileName} {image.LoadBytes:N0} B: would {FlashText.Plan(plan)}; nothing was written"));
            return ExitCodes.Ok;
        }

        var receipt = operation.RequireReceipt();
        context.Output.Result(receipt, writer => writer.WriteLine(
            $"{board}  {image.FileName} {image.LoadBytes:N0} B: {FlashText.Plan(receipt.Plan)} · {FlashText.Done(receipt)} · receipt {FlashText.ReceiptId(receipt.Name)}"
            + (receipt.SignedBy is { } signer ? $" · version {signer.Version} ({signer.Commit}), released by {signer.Key}" : "")
            + (receipt.Virtual ? " · bench: virtual" : "")));
        return ExitCodes.Ok;
    }

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', values), DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
