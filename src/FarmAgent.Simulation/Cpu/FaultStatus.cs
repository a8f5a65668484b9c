namespace FarmAgent.Simulation.Cpu;

/// <summary>Bits of CFSR (ARM DDI 0403, section B3.2.15).</summary>
[Flags]
internal enum FaultCause : uint
{
    None = 0,
    InstructionAccessViolation = 1 << 0,
    DataAccessViolation = 1 << 1,
    MemoryManageUnstacking = 1 << 3,
    MemoryManageStacking = 1 << 4,
    MemoryManageAddressValid = 1 << 7,
    InstructionBusError = 1 << 8,
    PreciseBusError = 1 << 9,
    ImpreciseBusError = 1 << 10,
    UnstackingBusError = 1 << 11,
    StackingBusError = 1 << 12,
    BusFaultAddressValid = 1 << 15,
    UndefinedInstruction = 1 << 16,
    InvalidState = 1 << 17,
    InvalidExceptionReturn = 1 << 18,
    NoCoprocessor = 1 << 19,
    Unaligned = 1 << 24,
    DivideByZero = 1 << 25,
}

/// <summary>The fault registers of the system control block.</summary>
internal sealed class FaultStatus
{
    /// <summary>HFSR.VECTTBL: the vector of an exception could not be read.</summary>
    public const uint VectorTable = 1 << 1;

    /// <summary>HFSR.FORCED: a fault was escalated.</summary>
    public const uint Forced = 1 << 30;

    /// <summary>HFSR.DEBUGEVT: a debug event with debugging disabled.</summary>
    public const uint DebugEvent = 1u << 31;

    /// <summary>CFSR.</summary>
    public FaultCause Configurable { get; set; }

    /// <summary>HFSR.</summary>
    public uint Hard { get; set; }

    /// <summary>MMFAR.</summary>
    public uint MemoryManageAddress { get; set; }

    /// <summary>BFAR.</summary>
    public uint BusFaultAddress { get; set; }

    /// <summary>Clears the status; the addresses are unknown after reset and stay.</summary>
    public void Reset()
    {
        Configurable = FaultCause.None;
        Hard = 0;
    }
}
