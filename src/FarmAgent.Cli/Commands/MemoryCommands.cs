using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl mem read</c>.</summary>
internal static class MemoryCommands
{
    private const uint LargestRead = 1 << 20;

    private static readonly Argument<string> Address = new("ADDRESS") { Description = "First address, for example 0x08000000" };

    private static readonly Argument<string> Length = new("LENGTH") { Description = "Bytes, at most 1 MiB", DefaultValueFactory = _ => "64" };

    private static readonly Option<string?> File = new("--file") { Description = "Write the raw bytes into a file instead of printing them", HelpName = "PATH" };

    public static Command Create() => Verb.Group("mem", "Memory of the chip under test",
        Verb.Make("read", "Read memory", [Address, Length, File], async (context, cancellationToken) =>
        {
            var address = NumberText.Parse(context.Need(Address), "ADDRESS");
            var length = NumberText.Parse(context.Need(Length), "LENGTH", LargestRead);
            var board = await context.BoardAsync(cancellationToken);
            await using var lease = await context.LeaseAsync("mem read", cancellationToken);
            var answer = await context.Client.Debug.ReadMemoryAsync(
                new ReadMemoryRequest { Board = board.Name, Lease = lease.Name, Address = address, Length = length }, cancellationToken: cancellationToken);
            if (context.Get(File) is { } path)
            {
                await System.IO.File.WriteAllBytesAsync(path, answer.Data.Memory.ToArray(), cancellationToken);
                context.Output.Note($"{answer.Data.Length:N0} B from 0x{address:X8} written to {path}");
                return ExitCodes.Ok;
            }

            context.Output.Result(answer, writer => HexDump.Write(writer, address, answer.Data.Span));
            return ExitCodes.Ok;
        }));
}
