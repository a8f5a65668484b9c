using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;
using Google.Protobuf;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl i2c …</c>.</summary>
internal static class I2cCommands
{
    private const uint LongestRead = 4096;

    private static readonly Option<string?> Adapter = new("--adapter") { Description = "Adapter of the board (default: its first)", HelpName = "NAME" };

    private static readonly Argument<string> Address = new("ADDRESS") { Description = "7-bit address, for example 0x08" };

    private static readonly Argument<string> Count = new("COUNT") { Description = "Bytes to read" };

    private static readonly Option<string?> Register = new("--register") { Description = "Write this register number first, then read by repeated start", HelpName = "REG" };

    private static readonly Argument<string[]> Bytes = new("BYTE") { Description = "Bytes to write, for example 0x02 0xFF", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string[]> Write = new("--write") { Description = "Bytes to write first", AllowMultipleArgumentsPerToken = true, HelpName = "BYTE" };

    private static readonly Option<string> Read = new("--read") { Description = "Bytes to read then", HelpName = "COUNT", DefaultValueFactory = _ => "0" };

    public static Command Create() => Verb.Group("i2c", "The board's I2C bus",
        Verb.Make("scan", "Addresses that acknowledge", [Adapter], ScanAsync),
        Verb.Make("read", "Read bytes from a device", [Address, Count, Register, Adapter], (context, cancellationToken) =>
        {
            var write = context.Get(Register) is { } register ? new[] { (byte)NumberText.Parse(register, "--register", 0xFF) } : [];
            return TransferAsync(context, write, NumberText.Parse(context.Need(Count), "COUNT", LongestRead), cancellationToken);
        }),
        Verb.Make("write", "Write bytes to a device", [Address, Bytes, Adapter], (context, cancellationToken) =>
            TransferAsync(context, NumberText.ParseBytes(context.Need(Bytes)), 0, cancellationToken)),
        Verb.Make("transfer", "Write, then read by repeated start", [Address, Write, Read, Adapter], (context, cancellationToken) =>
            TransferAsync(context, NumberText.ParseBytes(context.Get(Write) ?? []), NumberText.Parse(context.Get(Read)!, "--read", LongestRead), cancellationToken)));

    private static async Task<int> ScanAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("i2c scan", cancellationToken);
        var answer = await context.Client.I2c.ScanAsync(
            new ScanRequest { Board = board.Name, Lease = lease.Name, Adapter = context.Get(Adapter) ?? "" }, cancellationToken: cancellationToken);
        context.Output.Result(answer, writer => I2cScanGrid.Write(writer, answer.Hits));
        return ExitCodes.Ok;
    }

    private static async Task<int> TransferAsync(CommandContext context, byte[] write, uint readLength, CancellationToken cancellationToken)
    {
        var address = NumberText.Parse(context.Need(Address), "ADDRESS", 0x7F);
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("i2c transfer", cancellationToken);
        var answer = await context.Client.I2c.TransferAsync(new TransferRequest
        {
            Board = board.Name,
            Lease = lease.Name,
            Adapter = context.Get(Adapter) ?? "",
            Address = address,
            Write = ByteString.CopyFrom(write),
            ReadLength = readLength,
        }, cancellationToken: cancellationToken);
        if (answer.Status == TransferStatus.Ok)
        {
            context.Output.Result(answer, writer => writer.WriteLine(readLength > 0
                ? string.Join(' ', answer.Data.Select(value => $"0x{value:X2}"))
                : $"{answer.Written} B acknowledged"));
            return ExitCodes.Ok;
        }

        var reason = answer.Diagnosis?.Reason ?? "I2C_TRANSFER";
        var exitCode = answer.Diagnosis?.Verdict == Verdict.Error ? ExitCodes.BenchError : ExitCodes.TestFailed;
        var message = answer.Diagnosis?.Message ?? $"0x{address:X2}: {WireNames.Of(answer.Status)}.";
        context.Output.Error(reason, message, DiagnosisText.Facts(answer.Diagnosis), exitCode);
        if (!context.Output.IsJson)
        {
            DiagnosisText.WriteEvidence(Console.Error, answer.Diagnosis);
        }

        return exitCode;
    }
}
