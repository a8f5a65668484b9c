namespace FarmAgent.Simulation.Cpu;

/// <summary>Registers of the system control block that are plain state.</summary>
internal sealed class SystemControl
{
    /// <summary>SCR.SLEEPONEXIT.</summary>
    public const uint SleepOnExit = 1 << 1;

    /// <summary>SCR.SLEEPDEEP.</summary>
    public const uint SleepDeep = 1 << 2;

    /// <summary>SCR.SEVONPEND.</summary>
    public const uint SendEventOnPend = 1 << 4;

    /// <summary>CCR.NONBASETHRDENA.</summary>
    public const uint NonBaseThreadEnable = 1 << 0;

    /// <summary>CCR.USERSETMPEND.</summary>
    public const uint UserSetPending = 1 << 1;

    /// <summary>CCR.UNALIGN_TRP.</summary>
    public const uint UnalignedTrap = 1 << 3;

    /// <summary>CCR.DIV_0_TRP.</summary>
    public const uint DivideByZeroTrap = 1 << 4;

    /// <summary>CCR.BFHFNMIGN.</summary>
    public const uint IgnoreBusFaults = 1 << 8;

    /// <summary>CCR.STKALIGN.</summary>
    public const uint StackAlign = 1 << 9;

    /// <summary>VTOR.</summary>
    public uint VectorTable { get; set; }

    /// <summary>SCR.</summary>
    public uint SleepControl { get; set; }

    /// <summary>CCR; STKALIGN is 0 after reset up to r1p1 (TRM, configuration and control register).</summary>
    public uint Configuration { get; set; }

    /// <summary>True if a bit of CCR is set.</summary>
    public bool IsConfigured(uint bit) => (Configuration & bit) != 0;

    /// <summary>Goes to the reset state.</summary>
    public void Reset()
    {
        VectorTable = 0;
        SleepControl = 0;
        Configuration = 0;
    }
}
