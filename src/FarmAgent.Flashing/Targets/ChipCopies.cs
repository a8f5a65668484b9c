using FarmAgent.Probes.Cortex;

namespace FarmAgent.Flashing.Targets;

/// <summary>Tells chips that pass for an STM32F1 by what they say of themselves. They are flashed and verified like ST's, with a warning.</summary>
internal static class ChipCopies
{
    private const uint GenuineDebugPort = 0x1BA0_1477;

    /// <summary>Debug port of the CS32F103 and CKS32F103.</summary>
    private const uint LaterDebugPort = 0x2BA0_1477;

    /// <summary>Revision by which a GD32F1 differs from every STM32F1 (RM0008 section 31.6.1 lists ST's).</summary>
    private const ushort GigaDeviceRevision = 0x1303;

    /// <summary>What is wrong with the identity of a chip, in words; nothing for ST's own.</summary>
    public static IEnumerable<string> Warnings(TargetIdentity identity)
    {
        if (identity.DebugPortId != GenuineDebugPort)
        {
            var whose = identity.DebugPortId == LaterDebugPort ? "a copy, as the CS32F103 and CKS32F103 are" : "a copy of an unknown maker";
            yield return $"The debug port is 0x{identity.DebugPortId:X8}, not ST's 0x{GenuineDebugPort:X8}: the chip is {whose}. It is flashed like ST's and verified as always.";
        }

        if (identity.RevisionId == GigaDeviceRevision)
        {
            yield return $"The revision 0x{identity.RevisionId:X4} is GigaDevice's, not ST's: the chip is a GD32F1. "
                + "It is flashed like ST's and verified as always.";
        }
    }
}
