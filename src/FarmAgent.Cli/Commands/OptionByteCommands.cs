using System.CommandLine;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using FarmAgent.Cli.Sessions;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl option-bytes</c>, <c>protect</c> and <c>unprotect</c>. What costs something is accepted by an option that names it.</summary>
internal static class OptionByteCommands
{
    private static readonly Option<string[]> WriteProtect = new("--write-protect")
    {
        Description = "Write-protect this range, widened to 4 KiB, and no other; may be repeated",
        HelpName = "ADDRESS:BYTES",
    };

    private static readonly Option<bool> NoWriteProtect = new("--no-write-protect") { Description = "Take all write protection away" };

    private static readonly Option<string?> Watchdog = Choice("--watchdog", "Who starts the independent watchdog", "hardware", "software");

    private static readonly Option<string?> Stop = Choice("--reset-on-stop", "Reset the chip when it enters Stop mode", "yes", "no");

    private static readonly Option<string?> Standby = Choice("--reset-on-standby", "Reset the chip when it enters Standby mode", "yes", "no");

    private static readonly Option<string?> Data0 = new("--data0") { Description = "User data", HelpName = "BYTE" };

    private static readonly Option<string?> Data1 = new("--data1") { Description = "User data", HelpName = "BYTE" };

    private static readonly Option<bool> LoseAccess = new("--accept-loss-of-access")
    {
        Description = "Accept that nobody can read or flash the chip until it is unprotected, which erases it",
    };

    private static readonly Option<bool> LoseContent = new("--accept-loss-of-content") { Description = "Accept that the whole flash is erased" };

    public static Command Create() => Verb.Group("option-bytes", "Protections of the chip, and what it does at reset",
        Verb.Make("show", "Show the option bytes in force", [], ShowAsync),
        Verb.Make(
            "set", "Change option bytes; what is not named stays", [WriteProtect, NoWriteProtect, Watchdog, Stop, Standby, Data0, Data1],
            (context, cancellationToken) => ChangeAsync(context, Fill, cancellationToken)));

    public static Command CreateProtect() => Verb.Make("protect", "Turn read protection (level 1) on", [LoseAccess], (context, cancellationToken) =>
        ChangeAsync(context, (c, request) =>
        {
            request.ReadProtected = true;
            request.AcceptedLoss = c.Get(LoseAccess) ? AcceptedLoss.FlashAccess : AcceptedLoss.Unspecified;
        }, cancellationToken));

    public static Command CreateUnprotect() => Verb.Make("unprotect", "Take read protection away, which erases the chip", [LoseContent], (context, cancellationToken) =>
        ChangeAsync(context, (c, request) =>
        {
            request.ReadProtected = false;
            request.AcceptedLoss = c.Get(LoseContent) ? AcceptedLoss.FlashContent : AcceptedLoss.Unspecified;
        }, cancellationToken));

    private static async Task<int> ShowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("option-bytes show", cancellationToken);
        var answer = await context.Client.Flash.GetOptionBytesAsync(
            new GetOptionBytesRequest { Board = board.Name, Lease = lease.Name }, cancellationToken: cancellationToken);
        Report(context, answer.OptionBytes);
        return ExitCodes.Ok;
    }

    private static async Task<int> ChangeAsync(CommandContext context, Action<CommandContext, SetOptionBytesRequest> fill, CancellationToken cancellationToken)
    {
        var request = new SetOptionBytesRequest { RequestId = Guid.NewGuid().ToString("N") };
        fill(context, request);
        var board = await context.BoardAsync(cancellationToken);
        await using var lease = await context.LeaseAsync("option bytes", cancellationToken);
        (request.Board, request.Lease) = (board.Name, lease.Name);
        var operation = new FlashOperation(context, request.RequestId);
        await operation.SetOptionBytesAsync(request, cancellationToken);
        Report(context, operation.OptionBytes ?? throw new CommandFailedException(
            "NO_RESULT", "The agent ended the change without a result. Look with: farmctl option-bytes show", ExitCodes.BenchError));
        return ExitCodes.Ok;
    }

    private static void Fill(CommandContext context, SetOptionBytesRequest request)
    {
        var ranges = context.Get(WriteProtect) ?? [];
        if (ranges.Length > 0 && context.Get(NoWriteProtect))
        {
            throw new UsageException("BAD_RANGE", "--write-protect and --no-write-protect contradict each other. Give one of them.");
        }

        request.SetWriteProtection = ranges.Length > 0 || context.Get(NoWriteProtect);
        request.WriteProtected.Add(ranges.Select(ReadCommand.ParseRange));
        if (context.Get(Watchdog) is { } watchdog)
        {
            request.HardwareWatchdog = watchdog == "hardware";
        }

        if (context.Get(Stop) is { } stop)
        {
            request.ResetOnStop = stop == "yes";
        }

        if (context.Get(Standby) is { } standby)
        {
            request.ResetOnStandby = standby == "yes";
        }

        if (context.Get(Data0) is { } data0)
        {
            request.Data0 = NumberText.Parse(data0, "--data0", 0xFF);
        }

        if (context.Get(Data1) is { } data1)
        {
            request.Data1 = NumberText.Parse(data1, "--data1", 0xFF);
        }
    }

    private static void Report(CommandContext context, OptionBytes options) => context.Output.Result(options, writer =>
    {
        writer.WriteLine($"read protection   {(options.ReadProtected ? "on (level 1)" : "off")}");
        writer.WriteLine($"write protection  {(options.WriteProtected.Count == 0 ? "none" : FlashText.Ranges(options.WriteProtected))}");
        writer.WriteLine($"watchdog          started by {(options.HardwareWatchdog ? "hardware" : "software")}");
        writer.WriteLine($"reset             on Stop {YesNo(options.ResetOnStop)}, on Standby {YesNo(options.ResetOnStandby)}");
        writer.WriteLine($"data              0x{options.Data0:X2} 0x{options.Data1:X2}");
    });

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', values) };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
