using FarmAgent.Boards.Sessions;
using FarmAgent.Flashing.Targets;
using FarmAgent.Probes;
using FarmAgent.Probes.Gdb;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Agent.Tunnels;

/// <summary>Chip data as gdb needs them.</summary>
internal static class GdbTargetMap
{
    // The code region below and above the flash: its alias at 0, system memory, option bytes.
    private const long CodeEnd = 0x2000_0000;

    /// <summary>Identifies the chip; one that is unknown or unexpected can still be debugged, but not loaded into.</summary>
    /// <param name="session">The board.</param>
    /// <param name="debug">The target.</param>
    /// <param name="problem">Why nothing can be loaded; null when it can.</param>
    public static GdbTarget Identify(BoardSession session, DebugSession debug, out string? problem)
    {
        try
        {
            var target = TargetRegistry.BuiltIn.Identify(debug, session.Description.Chip);
            problem = target.Description.IsReadOnly
                ? $"FAMILY_UNVERIFIED: the flash of the {target.Description.Family} is not written. It can be debugged, but 'load' has no flash to write to."
                : null;
            return Describe(session.Description.Chip ?? target.Description.Name, target);
        }
        catch (TargetException e) when (e.Reason.StartsWith("CHIP_", StringComparison.Ordinal))
        {
            problem = $"{e.Reason}: {e.Message} It can be debugged, but 'load' has no flash to write to.";
            return new GdbTarget
            {
                Name = debug.Identity.ToString(),
                Regions = [new(GdbMemoryKind.Rom, 0, CodeEnd), new(GdbMemoryKind.Ram, 0x2000_0000, 0x10_0000)],
            };
        }
    }

    private static GdbTarget Describe(string name, FlashTarget target)
    {
        var flash = target.Geometry;
        var ram = target.Description.Ram;
        return new GdbTarget
        {
            Name = name,
            Regions =
            [
                new(GdbMemoryKind.Rom, 0, flash.Base),
                target.Description.IsReadOnly
                    ? new(GdbMemoryKind.Rom, flash.Base, flash.Bytes)
                    : new(GdbMemoryKind.Flash, flash.Base, flash.Bytes, flash.SectorBytes),
                new(GdbMemoryKind.Rom, (uint)flash.Range.End, CodeEnd - flash.Range.End),
                new(GdbMemoryKind.Ram, ram.Start, ram.Length),
            ],
        };
    }
}
