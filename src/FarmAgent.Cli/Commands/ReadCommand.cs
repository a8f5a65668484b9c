using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl read FILE</c>: the flash, or a range of memory, into a file.</summary>
internal static class ReadCommand
{
    private const uint StartOfFlash = 0x0800_0000;
    private const uint PieceBytes = 16 * 1024;

    private static readonly Argument<string> FilePath = new("FILE") { Description = "Where it goes: Intel HEX if its name ends in .hex, else raw bytes" };

    private static readonly Option<string?> Range = new("--range")
    {
        Description = "First address and length, for example 0x08000000:0x400 (default: the whole flash)",
        HelpName = "ADDRESS:BYTES",
    };

    public static Command Create() => Verb.Make("read", "Read the flash into a file", [FilePath, Range], RunAsync);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = context.Need(FilePath);
        var range = context.Get(Range) is { } text ? ParseRange(text) : null;
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("read flash", cancellationToken);
        range ??= await WholeFlashAsync(context, board.Name, lease.Name, cancellationToken);
        var content = new byte[range.Length];
        for (var done = 0u; done < range.Length; done += PieceBytes)
        {
            // Piece by piece, so that it ends at once when it is interrupted.
            var piece = new ReadMemoryRequest
            {
                Board = board.Name,
                Lease = lease.Name,
                Address = range.Start + done,
                Length = Math.Min(PieceBytes, range.Length - done),
            };
            var answer = await context.Client.Debug.ReadMemoryAsync(piece, cancellationToken: cancellationToken);
            answer.Data.Span.CopyTo(content.AsSpan((int)done));
        }

        if (Path.GetExtension(path).Equals(".hex", StringComparison.OrdinalIgnoreCase))
        {
            await File.WriteAllTextAsync(path, HexFile.Format(range.Start, content), cancellationToken);
        }
        else
        {
            await File.WriteAllBytesAsync(path, content, cancellationToken);
        }

        context.Output.Result(range, writer => writer.WriteLine($"{content.Length:N0} B from 0x{range.Start:X8} written to {path}"));
        return ExitCodes.Ok;
    }

    private static async Task<AddressRange> WholeFlashAsync(CommandContext context, string board, string lease, CancellationToken cancellationToken)
    {
        var answer = await context.Client.Debug.GetChipAsync(new GetChipRequest { Board = board, Lease = lease }, cancellationToken: cancellationToken);
        return new AddressRange { Start = StartOfFlash, Length = answer.Chip.FlashBytes };
    }

    internal static AddressRange ParseRange(string text)
    {
        var parts = text.Split(':');
        if (parts.Length != 2)
        {
            throw new UsageException("BAD_RANGE", $"'{text}' is no range. Write ADDRESS:BYTES, for example 0x08000000:0x400.");
        }

        var range = new AddressRange { Start = NumberText.Parse(parts[0], "address"), Length = NumberText.Parse(parts[1], "length", 16 << 20) };
        return range.Length > 0 && range.Start + (long)range.Length <= 1L << 32
            ? range
            : throw new UsageException("BAD_RANGE", $"'{text}' is empty or passes the end of the address space. Correct the length.");
    }
}
