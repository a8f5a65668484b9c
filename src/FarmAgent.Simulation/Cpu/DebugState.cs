namespace FarmAgent.Simulation.Cpu;

/// <summary>Bits of DHCSR (ARM DDI 0403, section C1.6.2).</summary>
[Flags]
internal enum HaltingControl : uint
{
    None = 0,
    DebugEnable = 1 << 0,
    Halt = 1 << 1,
    Step = 1 << 2,
    MaskInterrupts = 1 << 3,
    SnapStall = 1 << 5,
    RegisterReady = 1 << 16,
    Halted = 1 << 17,
    Sleep = 1 << 18,
    Lockup = 1 << 19,
    Retired = 1 << 24,
    WasReset = 1 << 25,
}

/// <summary>Bits of DFSR: why the core halted.</summary>
[Flags]
internal enum DebugFault : uint
{
    None = 0,
    HaltRequest = 1 << 0,
    Breakpoint = 1 << 1,
    Watchpoint = 1 << 2,
    VectorCatch = 1 << 3,
    External = 1 << 4,
}

/// <summary>Bits of DEMCR.</summary>
[Flags]
internal enum DebugMonitorControl : uint
{
    None = 0,
    CatchCoreReset = 1 << 0,
    CatchMemoryManage = 1 << 4,
    CatchNoCoprocessor = 1 << 5,
    CatchCheckError = 1 << 6,
    CatchStateError = 1 << 7,
    CatchBusError = 1 << 8,
    CatchInterruptError = 1 << 9,
    CatchHardError = 1 << 10,
    MonitorEnable = 1 << 16,
    MonitorPend = 1 << 17,
    MonitorStep = 1 << 18,
    MonitorRequest = 1 << 19,
    TraceEnable = 1 << 24,
}

/// <summary>Debug registers of the core; only a power-on reset clears all of them.</summary>
internal sealed class DebugState
{
    /// <summary>Control bits of DHCSR as written.</summary>
    public HaltingControl Control { get; set; }

    /// <summary>DEMCR.</summary>
    public DebugMonitorControl Monitor { get; set; }

    /// <summary>DFSR.</summary>
    public DebugFault Fault { get; set; }

    /// <summary>DCRDR.</summary>
    public uint Data { get; set; }

    /// <summary>S_RETIRE_ST: an instruction was completed since the last read of DHCSR.</summary>
    public bool Retired { get; set; }

    /// <summary>S_RESET_ST: the core was reset since the last read of DHCSR.</summary>
    public bool WasReset { get; set; }

    /// <summary>Halting debug is on.</summary>
    public bool Enabled => (Control & HaltingControl.DebugEnable) != 0;

    /// <summary>DWT, ITM and TPIU are on.</summary>
    public bool TraceEnabled => (Monitor & DebugMonitorControl.TraceEnable) != 0;

    /// <summary>True if a vector catch is armed.</summary>
    public bool Catches(DebugMonitorControl cause) => Enabled && (Monitor & cause) != 0;

    /// <summary>Goes to the reset state; a system reset leaves what a debugger has set up.</summary>
    public void Reset(bool powerOn)
    {
        WasReset = true;
        Retired = false;
        Control &= HaltingControl.DebugEnable;
        if (powerOn)
        {
            Control = HaltingControl.None;
            Monitor = DebugMonitorControl.None;
            Fault = DebugFault.None;
        }
        else
        {
            // The monitor belongs to firmware and goes with it (DEMCR bits 19:16).
            Monitor &= ~(DebugMonitorControl.MonitorEnable | DebugMonitorControl.MonitorPend | DebugMonitorControl.MonitorStep | DebugMonitorControl.MonitorRequest);
        }
    }
}
