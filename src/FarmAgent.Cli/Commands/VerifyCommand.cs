using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.Transfers;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl verify IMAGE</c>: is this what the chip holds? Nothing is written.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> ImagePath = new("IMAGE") { Description = "ELF, Intel HEX, S-records or raw binary" };

    private static readonly Option<string?> Base = new("--base") { Description = "Where a raw binary goes (default: start of flash)", HelpName = "ADDRESS" };

    private static readonly Option<bool> Readback = new("--readback") { Description = "Read back and compare, instead of by CRC on the chip" };

    public static Command Create() =>
        Verb.Make("verify", "Compare the flash with an image; the chip is reset for it", [ImagePath, Base, Readback], RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var baseAddress = context.Get(Base) is { } text ? NumberText.Parse(text, "--base") : 0;
        var board = await context.BoardAsync(cancellationToken);
        var image = await context.Client.UploadImageAsync(context.Need(ImagePath), baseAddress, cancellationToken);
        await using var lease = await context.LeaseAsync($"verify {image.FileName}", cancellationToken);
        var request = new VerifyRequest
        {
            Board = board.Name,
            Lease = lease.Name,
            Image = image.Name,
            VerifyMethod = context.Get(Readback) ? VerifyMethod.Readback : VerifyMethod.Crc,
            RequestId = Guid.NewGuid().ToString("N"),
        };
        var operation = new FlashOperation(context, request.RequestId);
        await operation.VerifyAsync(request, cancellationToken);
        var result = operation.Verified ?? throw new CommandFailedException(
            "NO_RESULT", "The agent ended the verification without a result, so nothing is proven. Look at its log, then verify again.", ExitCodes.BenchError);
        context.Output.Result(result, writer => writer.WriteLine(
            $"{BoardNames.ToShort(board.Name)}  {image.FileName} {image.LoadBytes:N0} B: in flash · {result.Sectors.Count} pages "
            + (result.VerifyMethod == VerifyMethod.Readback ? "read back and compared" : "verified by CRC on the chip")));
        return ExitCodes.Ok;
    }
}
