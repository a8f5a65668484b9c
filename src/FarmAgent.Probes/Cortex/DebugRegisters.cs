namespace FarmAgent.Probes.Cortex;

/// <summary>Addresses in the system control space that a debugger uses (ARMv7-M ARM sections B3.2 and C1.6).</summary>
internal static class DebugRegisters
{
    public const uint CpuId = 0xE000ED00;
    public const uint InterruptControl = 0xE000ED04;
    public const uint ApplicationReset = 0xE000ED0C;
    public const uint ConfigurableFault = 0xE000ED28;
    public const uint HardFault = 0xE000ED2C;
    public const uint DebugFault = 0xE000ED30;
    public const uint MemoryFaultAddress = 0xE000ED34;
    public const uint BusFaultAddress = 0xE000ED38;
    public const uint HaltingControl = 0xE000EDF0;
    public const uint RegisterSelector = 0xE000EDF4;
    public const uint RegisterData = 0xE000EDF8;
    public const uint ExceptionMonitor = 0xE000EDFC;

    /// <summary>DCRSR: the register is written, not read.</summary>
    public const uint WritesRegister = 1u << 16;

    /// <summary>AIRCR with its key and SYSRESETREQ.</summary>
    public const uint SystemResetRequest = 0x05FA_0004;

    /// <summary>All flags of DFSR; writing ones clears them.</summary>
    public const uint AllDebugFaults = 0x1F;
}

/// <summary>DHCSR (ARMv7-M ARM section C1.6.2).</summary>
[Flags]
internal enum HaltingControl : uint
{
    None = 0,
    DebugEnable = 1u << 0,
    Halt = 1u << 1,
    Step = 1u << 2,
    MaskInterrupts = 1u << 3,
    RegisterReady = 1u << 16,
    Halted = 1u << 17,
    Sleeping = 1u << 18,
    LockedUp = 1u << 19,
    Retired = 1u << 24,
    WasReset = 1u << 25,

    /// <summary>Must be in the upper half of every write.</summary>
    Key = 0xA05F_0000,
}

/// <summary>ICSR: what is pending (ARMv7-M ARM section B3.2.4).</summary>
[Flags]
internal enum InterruptControl : uint
{
    None = 0,
    InterruptPending = 1u << 22,
    TickPending = 1u << 26,
    SwitchPending = 1u << 28,
}

/// <summary>DEMCR (ARMv7-M ARM section C1.6.5).</summary>
[Flags]
internal enum ExceptionMonitor : uint
{
    None = 0,
    CatchReset = 1u << 0,
    CatchHardFault = 1u << 10,
    TraceEnable = 1u << 24,
}

/// <summary>DFSR: why the core halted (ARMv7-M ARM section C1.6.1).</summary>
[Flags]
internal enum DebugFault : uint
{
    None = 0,
    Halted = 1u << 0,
    Breakpoint = 1u << 1,
    Watchpoint = 1u << 2,
    VectorCatch = 1u << 3,
    External = 1u << 4,
}
