namespace FarmAgent.Probes.Cortex;

/// <summary>What the silicon says of itself, undecided what chip that makes it.</summary>
/// <param name="DebugPortId">DPIDR, 0x1BA01477 for a Cortex-M3.</param>
/// <param name="CpuId">CPUID, 0x411FC231 for a Cortex-M3 r1p1.</param>
/// <param name="DeviceIdCode">DBGMCU_IDCODE: device in the lower 12 bits, revision in the upper 16; 0 when it cannot be read.</param>
public readonly record struct TargetIdentity(uint DebugPortId, uint CpuId, uint DeviceIdCode)
{
    /// <summary>Device number, for example 0x410 for a medium density STM32F1.</summary>
    public ushort DeviceId => (ushort)(DeviceIdCode & 0xFFF);

    /// <summary>Silicon revision, for example 0x2003.</summary>
    public ushort RevisionId => (ushort)(DeviceIdCode >> 16);

    /// <summary>Part number of the core (CPUID bits 15 to 4), 0xC23 for a Cortex-M3.</summary>
    public ushort CorePart => (ushort)((CpuId >> 4) & 0xFFF);

    /// <summary>Name of the core with its revision, for example <c>Cortex-M3 r1p1</c>.</summary>
    public string CoreName
    {
        get
        {
            var name = CorePart switch
            {
                0xC20 => "Cortex-M0",
                0xC60 => "Cortex-M0+",
                0xC23 => "Cortex-M3",
                0xC24 => "Cortex-M4",
                0xC27 => "Cortex-M7",
                0xD20 => "Cortex-M23",
                0xD21 => "Cortex-M33",
                _ => $"core 0x{CorePart:X3}",
            };
            return $"{name} r{(CpuId >> 20) & 0xF}p{CpuId & 0xF}";
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{CoreName}, device 0x{DeviceId:X3} revision 0x{RevisionId:X4}, DPIDR 0x{DebugPortId:X8}";

    /// <summary>Where DBGMCU_IDCODE is, which depends on the core; DBGMCU_CR follows it.</summary>
    internal static uint DeviceIdAddress(uint cpuId) => ((cpuId >> 4) & 0xFFF) switch
    {
        0xC20 or 0xC60 => 0x4001_5800,
        0xD20 or 0xD21 => 0xE004_4000,
        _ => 0xE004_2000,
    };
}
