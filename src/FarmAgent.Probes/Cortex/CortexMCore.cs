using FarmAgent.Hardware.Time;

namespace FarmAgent.Probes.Cortex;

/// <summary>
/// A Cortex-M core under halting debug (ARMv7-M ARM chapter C1). Every wait is bounded and its error says for what and how long.
/// </summary>
public sealed partial class CortexMCore
{
    private static readonly TimeSpan HaltLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(1);

    /// <summary>Only the Thumb bit set: thread mode, no exception.</summary>
    private const uint ThumbState = 0x0100_0000;

    private readonly IDebugProbe _probe;
    private readonly IMemoryAccess _memory;
    private readonly IWaiter _waiter;

    /// <summary>Makes the core behind a connected probe.</summary>
    /// <param name="probe">Probe with SWD entered.</param>
    /// <param name="waiter">The bench's clock.</param>
    public CortexMCore(IDebugProbe probe, IWaiter waiter)
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(waiter);
        _probe = probe;
        _memory = probe.Memory;
        _waiter = waiter;
    }

    /// <summary>True in lockup: the core faulted inside its fault handler, most often because the flash is erased.</summary>
    public bool IsLockedUp => ReadState().IsLockedUp;

    /// <summary>Looks at what the core is doing. The sticky "was reset" is cleared by each look.</summary>
    public CoreState ReadState() => CoreState.Decode(_memory.ReadWord(DebugRegisters.HaltingControl));

    /// <summary>Enables halting debug and leaves the core running or halted as it is.</summary>
    public void EnableDebug()
    {
        if (!ReadState().DebugEnabled)
        {
            WriteHaltingControl(HaltingControl.DebugEnable);
        }
    }

    /// <summary>Stops the core; a halt request also leaves lockup.</summary>
    /// <exception cref="TargetException">It does not stop (<c>CORE_NOT_HALTED</c>).</exception>
    public void Halt()
    {
        WriteHaltingControl(HaltingControl.DebugEnable | HaltingControl.Halt);
        WaitHalted(HaltLimit, CancellationToken.None);
    }

    /// <summary>Lets the halted core run on.</summary>
    /// <param name="maskInterrupts">True keeps interrupts from being taken, as for a routine in RAM.</param>
    public void Run(bool maskInterrupts = false)
    {
        _memory.WriteWord(DebugRegisters.DebugFault, DebugRegisters.AllDebugFaults);
        var mask = maskInterrupts ? HaltingControl.MaskInterrupts : HaltingControl.None;

        // The mask may only change while halted, in a write of its own (ARMv7-M ARM section C1.6.2).
        WriteHaltingControl(HaltingControl.DebugEnable | HaltingControl.Halt | mask);
        WriteHaltingControl(HaltingControl.DebugEnable | mask);
    }

    /// <summary>
    /// Lets the halted core run from an address, in thread mode with interrupts masked; hard faults stop it. What arranges that is checked before it
    /// runs.
    /// </summary>
    /// <param name="address">Where it begins, without the Thumb bit.</param>
    /// <exception cref="TargetException">The core did not take it (<c>CORE_NOT_HALTED</c>).</exception>
    public void RunFrom(uint address)
    {
        const HaltingControl Stopped = HaltingControl.Key | HaltingControl.DebugEnable | HaltingControl.Halt;
        if (!TrySetStart(address, Stopped))
        {
            WriteHaltingControl(HaltingControl.DebugEnable | HaltingControl.Halt);
            WriteRegister(CoreRegister.Xpsr, ThumbState);
            WriteRegister(CoreRegister.Pc, address);
            if (!ReadState().IsHalted || ReadRegister(CoreRegister.Pc) != address)
            {
                throw new TargetException(
                    "CORE_NOT_HALTED",
                    $"The core did not take 0x{address:X8} as the address to run from: it is {ReadState()}. Reset the target, or connect under reset.");
            }

            Run(maskInterrupts: true);
            return;
        }

        WriteHaltingControl(HaltingControl.DebugEnable | HaltingControl.MaskInterrupts);
    }

    private bool TrySetStart(uint address, HaltingControl stopped)
    {
        var values = _memory.Access(
            WordAccess.Write(DebugRegisters.HaltingControl, (uint)stopped),
            WordAccess.Write(DebugRegisters.ExceptionMonitor, (uint)(ExceptionMonitor.TraceEnable | ExceptionMonitor.CatchHardFault)),
            WordAccess.Write(DebugRegisters.RegisterData, ThumbState),
            WordAccess.Write(DebugRegisters.RegisterSelector, (uint)CoreRegister.Xpsr | DebugRegisters.WritesRegister),
            WordAccess.Read(DebugRegisters.HaltingControl),
            WordAccess.Write(DebugRegisters.RegisterData, address),
            WordAccess.Write(DebugRegisters.RegisterSelector, (uint)CoreRegister.Pc | DebugRegisters.WritesRegister),
            WordAccess.Read(DebugRegisters.HaltingControl),
            WordAccess.Write(DebugRegisters.RegisterSelector, (uint)CoreRegister.Pc),
            WordAccess.Read(DebugRegisters.RegisterData),
            WordAccess.Write(DebugRegisters.DebugFault, DebugRegisters.AllDebugFaults),

            // The mask may only change while halted, in a write of its own (ARMv7-M ARM section C1.6.2).
            WordAccess.Write(DebugRegisters.HaltingControl, (uint)(stopped | HaltingControl.MaskInterrupts)),
            WordAccess.Read(DebugRegisters.HaltingControl));
        const HaltingControl Ready = HaltingControl.Halted | HaltingControl.RegisterReady;
        return ((HaltingControl)values[4] & Ready) == Ready
            && ((HaltingControl)values[7] & Ready) == Ready
            && ((HaltingControl)values[12]).HasFlag(HaltingControl.Halted)
            && values[9] == address;
    }

    /// <summary>Executes one instruction with interrupts masked.</summary>
    /// <exception cref="TargetException">It does not come back (<c>CORE_NOT_HALTED</c>).</exception>
    public void Step()
    {
        const HaltingControl Masked = HaltingControl.DebugEnable | HaltingControl.MaskInterrupts;
        WriteHaltingControl(Masked | HaltingControl.Halt);
        WriteHaltingControl(Masked | HaltingControl.Step);
        WaitHalted(HaltLimit, CancellationToken.None);
        WriteHaltingControl(HaltingControl.DebugEnable | HaltingControl.Halt);
    }

    /// <summary>Waits until the core halts.</summary>
    /// <param name="limit">Longest wait on the bench's clock.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    /// <param name="expected">How long it will take at least: the core is not looked at before.</param>
    /// <exception cref="TargetException">Still running at the limit (<c>CORE_NOT_HALTED</c>).</exception>
    public void WaitHalted(TimeSpan limit, CancellationToken cancellationToken, TimeSpan expected = default)
    {
        var end = _waiter.Elapsed + limit;
        if (expected > TimeSpan.Zero)
        {
            _waiter.Wait(expected, cancellationToken);
        }

        while (true)
        {
            var state = ReadState();
            if (state.IsHalted)
            {
                return;
            }

            if (_waiter.Elapsed >= end)
            {
                throw new TargetException(
                    "CORE_NOT_HALTED",
                    $"The core was still {state} {limit.TotalMilliseconds:0} ms after it should have halted. Reset the target, or connect under reset.");
            }

            _waiter.Wait(PollInterval, cancellationToken);
        }
    }

    /// <summary>Reads a register of the halted core.</summary>
    /// <param name="register">Which one.</param>
    public uint ReadRegister(CoreRegister register) => _probe.ReadCoreRegister(register);

    /// <summary>Writes a register of the halted core.</summary>
    /// <param name="register">Which one.</param>
    /// <param name="value">Its new value; for the program counter without the Thumb bit.</param>
    public void WriteRegister(CoreRegister register, uint value) => _probe.WriteCoreRegister(register, value);

    /// <summary>Reads the fault registers.</summary>
    public FaultStatus ReadFaults() => new(
        _memory.ReadWord(DebugRegisters.ConfigurableFault),
        _memory.ReadWord(DebugRegisters.HardFault),
        _memory.ReadWord(DebugRegisters.MemoryFaultAddress),
        _memory.ReadWord(DebugRegisters.BusFaultAddress),
        (int)(_memory.ReadWord(DebugRegisters.InterruptControl) & 0x1FF));

    /// <summary>True when the core halted because it executed a breakpoint instruction, not by a request or a fault.</summary>
    public bool StoppedAtBreakpoint() => ((DebugFault)_memory.ReadWord(DebugRegisters.DebugFault)).HasFlag(DebugFault.Breakpoint);

    /// <summary>Why the core halted; sticky until <see cref="ForgetHaltCause"/> or <see cref="Run"/>.</summary>
    internal DebugFault ReadHaltCause() => (DebugFault)_memory.ReadWord(DebugRegisters.DebugFault);

    /// <summary>Forgets why the core halted.</summary>
    internal void ForgetHaltCause() => _memory.WriteWord(DebugRegisters.DebugFault, DebugRegisters.AllDebugFaults);

    /// <summary>True when an interrupt waits that the core would take, were it neither halted nor masked.</summary>
    internal bool HasPendingInterrupt() =>
        (_memory.ReadWord(DebugRegisters.InterruptControl) & (uint)(InterruptControl.InterruptPending | InterruptControl.TickPending | InterruptControl.SwitchPending)) != 0;

    /// <summary>Makes hard faults stop the core instead of running the firmware's handler.</summary>
    /// <param name="enabled">True to stop.</param>
    public void CatchHardFaults(bool enabled) =>
        _memory.WriteWord(
            DebugRegisters.ExceptionMonitor,
            (uint)(ExceptionMonitor.TraceEnable | (enabled ? ExceptionMonitor.CatchHardFault : ExceptionMonitor.None)));

    /// <summary>Ends halting debug: the core runs on without a debugger.</summary>
    /// <param name="before">Is written before.</param>
    internal void ReleaseRunning(params ReadOnlySpan<WordAccess> before) => _memory.Access(
    [
        .. before,
        WordAccess.Write(DebugRegisters.ExceptionMonitor, 0),
        WordAccess.Write(DebugRegisters.DebugFault, DebugRegisters.AllDebugFaults),
        WordAccess.Write(DebugRegisters.HaltingControl, (uint)HaltingControl.Key),
    ]);

    private void WriteHaltingControl(HaltingControl bits) => _memory.WriteWord(DebugRegisters.HaltingControl, (uint)(HaltingControl.Key | bits));
}
