using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl erase</c>: sectors that a range touches, or the whole flash when asked for in so many words.</summary>
internal static class EraseCommand
{
    private static readonly Option<string?> Start = new("--start") { Description = "First address of a range; widened to whole pages", HelpName = "ADDRESS" };

    private static readonly Option<string?> Length = new("--length") { Description = "Bytes of the range", HelpName = "BYTES" };

    private static readonly Option<bool> All = new("--all") { Description = "The whole flash" };

    public static Command Create() => Verb.Make("erase", "Erase pages, or the whole flash", [Start, Length, All], RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var start = context.Get(Start);
        var length = context.Get(Length);
        if (context.Get(All) == (start is not null) || (start is null) != (length is null))
        {
            throw new UsageException("BAD_RANGE", "Say what to erase: --all, or --start ADDRESS --length BYTES.");
        }

        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("erase", cancellationToken);
        var request = new EraseRequest { Board = board.Name, Lease = lease.Name, RequestId = Guid.NewGuid().ToString("N") };
        if (start is not null)
        {
            request.Ranges.Add(new AddressRange { Start = NumberText.Parse(start, "--start"), Length = NumberText.Parse(length!, "--length") });
        }

        var operation = new FlashOperation(context, request.RequestId);
        await operation.EraseAsync(request, cancellationToken);
        var erased = operation.Erased ?? new EraseResult();
        context.Output.Result(erased, writer => writer.WriteLine(
            $"{BoardNames.ToShort(board.Name)}  {erased.Sectors} pages erased: {FlashText.Ranges(erased.Ranges)}"));
        return ExitCodes.Ok;
    }
}
