using System.CommandLine;
using System.Globalization;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;

namespace FarmAgent.Cli.Commands;

/// <summary><c>farmctl chip info</c>: what is really on the board.</summary>
internal static class ChipCommands
{
    public static Command Create() => Verb.Group("chip", "The chip under test",
        Verb.Make("info", "Identify the chip through the probe", [], async (context, cancellationToken) =>
        {
            var board = await context.BoardAsync(cancellationToken);
            await using var lease = await context.LeaseAsync("chip info", cancellationToken);
            var answer = await context.Client.Debug.GetChipAsync(
                new GetChipRequest { Board = board.Name, Lease = lease.Name }, cancellationToken: cancellationToken);
            context.Output.Result(answer, writer =>
            {
                var chip = answer.Chip;
                writer.WriteLine($"chip   {chip.Name}, id 0x{chip.DeviceId:X3} revision 0x{chip.Revision:X4}, debug port 0x{chip.DebugPortId:X8}");
                writer.WriteLine($"flash  {chip.FlashBytes / 1024} KiB in pages of {chip.SectorBytes:N0} B; RAM {chip.RamBytes / 1024} KiB");
                writer.WriteLine($"probe  {answer.Probe.Model} {answer.Probe.Firmware} serial {answer.Probe.Serial} on usb {answer.Probe.PortPath}");
                writer.WriteLine($"core   {CoreText(answer.Core)}");
            });
            return ExitCodes.Ok;
        }));

    /// <summary>State of a core in one line.</summary>
    public static string CoreText(CoreState core)
    {
        var text = WireNames.Of(core.Activity);
        if (core.ProgramCounter != 0)
        {
            text += $", pc 0x{core.ProgramCounter:X8}";
        }

        if (core.TargetVolts > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $", {core.TargetVolts:0.00} V");
        }

        return core.Fault.Length > 0 ? text + ", " + core.Fault : text;
    }
}
