namespace FarmAgent.Probes.Cortex;

/// <summary>The core's fault registers, decoded (ARMv7-M ARM sections B3.2.15 to B3.2.18).</summary>
/// <param name="Configurable">CFSR: memory management, bus and usage faults.</param>
/// <param name="Hard">HFSR.</param>
/// <param name="MemoryAddress">MMFAR, meaningful when CFSR bit 7 says so.</param>
/// <param name="BusAddress">BFAR, meaningful when CFSR bit 15 says so.</param>
/// <param name="ActiveException">Number of the exception being served, 0 in thread mode, 3 in the hard fault handler.</param>
public readonly record struct FaultStatus(uint Configurable, uint Hard, uint MemoryAddress, uint BusAddress, int ActiveException)
{
    private const uint MemoryAddressValid = 1u << 7;
    private const uint BusAddressValid = 1u << 15;
    private const uint Forced = 1u << 30;
    private const uint VectorTableRead = 1u << 1;

    private static readonly (int Bit, string Text)[] Causes =
    [
        (0, "instruction fetch from a forbidden region"), (1, "data access to a forbidden region"), (3, "memory fault on exception return"),
        (4, "memory fault on exception entry"), (8, "instruction bus error"), (9, "precise data bus error"), (10, "imprecise data bus error"),
        (11, "bus fault on exception return"), (12, "bus fault on exception entry"), (16, "undefined instruction"),
        (17, "invalid state (Thumb bit clear)"), (18, "invalid exception return"), (19, "no coprocessor"), (24, "unaligned access"),
        (25, "division by zero"),
    ];

    /// <summary>True when any fault is recorded.</summary>
    public bool HasFault => Configurable != 0 || (Hard & (Forced | VectorTableRead)) != 0;

    /// <summary>The address whose access faulted, when the core knows it.</summary>
    public uint? FaultAddress =>
        (Configurable & BusAddressValid) != 0 ? BusAddress : (Configurable & MemoryAddressValid) != 0 ? MemoryAddress : null;

    /// <summary>The faults in words, with the registers in hex; <c>no fault recorded</c> when there is none.</summary>
    public override string ToString()
    {
        if (!HasFault)
        {
            return "no fault recorded";
        }

        var status = this;
        var causes = Causes.Where(c => (status.Configurable & (1u << c.Bit)) != 0).Select(c => c.Text).ToList();
        if ((Hard & VectorTableRead) != 0)
        {
            causes.Add("vector table could not be read");
        }

        if ((Hard & Forced) != 0)
        {
            causes.Add("escalated to a hard fault");
        }

        var address = FaultAddress is { } at ? $" at 0x{at:X8}" : string.Empty;
        return $"{string.Join(", ", causes)}{address} (CFSR 0x{Configurable:X8}, HFSR 0x{Hard:X8})";
    }
}
