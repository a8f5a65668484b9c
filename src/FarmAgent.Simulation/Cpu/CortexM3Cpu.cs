using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Cpu.Debugging;

namespace FarmAgent.Simulation.Cpu;

/// <summary>
/// A Cortex-M3 (r1p1) that executes instruction by instruction and counts cycles about as the TRM says (section 3.3, no wait states).
/// It is driven from outside by <see cref="Run"/>; whoever drives it knows the clock and so what a cycle lasts.
/// </summary>
/// <remarks>
/// The private peripheral bus (SCS, DWT, FPB, ITM, TPIU, ROM table) is mapped on the bus by the constructor; the chip maps what its maker
/// adds there (DBGMCU). Not thread-safe: it runs under the bench's lock.
/// </remarks>
internal sealed partial class CortexM3Cpu
{
    private readonly SystemBus _bus;
    private readonly NestedVectorController _exceptions;
    private readonly SysTickTimer _sysTick;
    private readonly FaultStatus _faults = new();
    private readonly DebugState _debug = new();
    private readonly SystemControl _control = new();
    private readonly BreakpointUnit _breakpoints;
    private readonly WatchpointUnit _watchpoints;

    private long _cycles;
    private long _limit;
    private long _runStart;
    private long _runEnd;
    private long _stalledUntil;
    private bool _running;
    private bool _stopRequested;
    private bool _resetRequested;
    private bool _inReset;
    private bool _halted;
    private bool _lockedUp;
    private bool _sleeping;
    private bool _sleepsDeeply;
    private bool _sleepsForEvent;
    private bool _eventRegister;

    /// <summary>Makes a core that stands still until the first <see cref="Reset"/>, when the memories are mapped.</summary>
    public CortexM3Cpu(SystemBus bus, CortexM3Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(bus);
        _bus = bus;
        options ??= new CortexM3Options();
        _exceptions = new NestedVectorController(options, Attend);
        _sysTick = new SysTickTimer(() => _exceptions.Pend(ExceptionNumber.SysTick));
        _breakpoints = new BreakpointUnit(ForgetDecodedCode);
        _watchpoints = new WatchpointUnit(_debug, () => _cycles, () => _halted || _inReset ? uint.MaxValue : _pc, MeetWatchpoint, ForgetDecodedCode);
        bus.WhenMapChanges(DropWindows);
        DropWindows();
        MapPrivatePeripherals(options);
        _lockedUp = true;
    }

    /// <summary>
    /// Firmware or a debugger asked for a system reset (AIRCR.SYSRESETREQ). The chip answers by resetting its peripherals and calling
    /// <see cref="Reset"/>. It is called between instructions, never inside one.
    /// </summary>
    public Action? ResetRequested { get; set; }

    /// <summary>The interrupt inputs.</summary>
    public IInterruptLines Interrupts => _exceptions;

    /// <summary>Cycles since construction, counted also while asleep or halted.</summary>
    public long CycleCount => _cycles;

    /// <summary>Cycles used so far by the <see cref="Run"/> in progress; 0 outside one. A peripheral adds them to the time at which the run began.</summary>
    public long CyclesThisRun => _running ? _cycles - _runStart : 0;

    /// <summary>True while WFI, WFE or sleep-on-exit waits and nothing that ends the wait is pending.</summary>
    public bool IsSleeping => _sleeping && !_halted && !WakeIsDue();

    /// <summary>True in debug state.</summary>
    public bool IsHalted => _halted;

    /// <summary>True after a fault inside a fault handler, until a reset, a halt request or an NMI.</summary>
    public bool IsLockedUp => _lockedUp;

    /// <summary>True while SLEEPDEEP is set: a WFI is then Stop or Standby, which the chip decides.</summary>
    public bool SleepsDeep => (_control.SleepControl & SystemControl.SleepDeep) != 0;

    /// <summary>Told when the core falls asleep with SLEEPDEEP set (true), and when that sleep ends other than by a reset (false).</summary>
    public Action<bool>? DeepSleepChanged { get; set; }

    /// <summary>Cycles until SysTick ends the sleep; null if it does not, or if the core is not asleep.</summary>
    public long? CyclesToNextWake =>
        IsSleeping && _sysTick.NextInterrupt != long.MaxValue ? Math.Max(0, _sysTick.NextInterrupt - _cycles) : null;

    /// <summary>
    /// The level of the core's reset: true holds it in reset (NRST low), a change to false starts it as <see cref="Reset"/> does. Debug
    /// registers stay reachable meanwhile.
    /// </summary>
    public bool InReset
    {
        get => _inReset;
        set
        {
            if (value && !_inReset)
            {
                ResetState(powerOn: false);
                _inReset = true;
            }
            else if (!value && _inReset)
            {
                _inReset = false;
                Boot();
            }
        }
    }

    /// <summary>Resets the core; unless <see cref="InReset"/>, it then loads SP and PC from the vector table at address 0.</summary>
    /// <param name="powerOn">True also clears what a debugger has set up.</param>
    public void Reset(bool powerOn)
    {
        ResetState(powerOn);
        if (!_inReset)
        {
            Boot();
        }
    }

    /// <summary>An event from outside: it ends a WFE, or lets the next one pass.</summary>
    public void SignalEvent() => _eventRegister = true;

    /// <summary>Ends the <see cref="Run"/> in progress after the current instruction, for example because an event was scheduled within it.</summary>
    public void RequestStop()
    {
        _stopRequested = true;
        Attend();
    }

    /// <summary>
    /// Executes until the budget is spent. It returns early when the core falls asleep, halts, locks up, asks for a reset or was asked to
    /// stop. Called while it sleeps, is halted, locked up or in reset, it passes the budget without executing, until something wakes it.
    /// </summary>
    /// <param name="maxCycles">Budget in core clock cycles; the last instruction may exceed it.</param>
    /// <returns>Cycles used.</returns>
    public long Run(long maxCycles)
    {
        _runStart = _cycles;
        _runEnd = _cycles + maxCycles;
        _running = true;
        _stopRequested = false;
        while (_cycles < _runEnd && !_stopRequested)
        {
            if (!PassIdleTime())
            {
                ExecuteSlice();
            }
        }

        _running = false;
        AnswerResetRequest();
        return _cycles - _runStart;
    }

    /// <summary>Passes time in states without execution.</summary>
    /// <returns>False if the core executes.</returns>
    private bool PassIdleTime()
    {
        if (_inReset || _halted)
        {
            FreezeTimers(_runEnd - _cycles);
            _cycles = _runEnd;
            return true;
        }

        if (_cycles < _stalledUntil)
        {
            _cycles = Math.Min(_stalledUntil, _runEnd);
            return true;
        }

        if (_sleeping)
        {
            if (!WakeIsDue())
            {
                if (SleepsDeep)
                {
                    PassDeepSleep();
                    return true;
                }

                _cycles = Math.Max(_cycles, Math.Min(_runEnd, _sysTick.NextInterrupt));
                _sysTick.CatchUp(_cycles);
                return true;
            }

            _sleeping = false;
            EndDeepSleep();
            if (_sleepsForEvent)
            {
                _eventRegister = false;
            }
        }

        if (_lockedUp && !(_exceptions.IsPending(ExceptionNumber.NonMaskable) && !_exceptions.IsActive(ExceptionNumber.NonMaskable)))
        {
            _cycles = _runEnd;
            return true;
        }

        return false;
    }

    /// <summary>The core's own clock stands still as well, and SysTick with it.</summary>
    private void PassDeepSleep()
    {
        if (!_sleepsDeeply)
        {
            _sleepsDeeply = true;
            DeepSleepChanged?.Invoke(true);
        }

        if (_cycles < _runEnd && !_stopRequested)
        {
            FreezeTimers(_runEnd - _cycles);
            _cycles = _runEnd;
        }
    }

    private void EndDeepSleep()
    {
        if (_sleepsDeeply)
        {
            _sleepsDeeply = false;
            DeepSleepChanged?.Invoke(false);
        }
    }

    private void ExecuteSlice()
    {
        if (TakePendingException())
        {
            if (Stepping)
            {
                Halt(DebugFault.HaltRequest);
            }

            return;
        }

        if (_lockedUp)
        {
            return;
        }

        _limit = Stepping ? _cycles + 1 : Math.Min(_runEnd, _sysTick.NextInterrupt);
        _debug.Retired = true;
        Interpret();
        _sysTick.CatchUp(_cycles);
        if (Stepping && !_halted && _cycles >= _stalledUntil)
        {
            Halt(DebugFault.HaltRequest);
        }
    }

    /// <summary>Makes the interpreter come back to the outer loop after the current instruction.</summary>
    private void Attend() => _limit = long.MinValue;

    private void FreezeTimers(long cycles)
    {
        _sysTick.Freeze(cycles);
        _watchpoints.Freeze(cycles);
    }

    private void RequestReset()
    {
        _resetRequested = true;
        if (_running)
        {
            RequestStop();
        }
        else
        {
            AnswerResetRequest();
        }
    }

    private void AnswerResetRequest()
    {
        if (!_resetRequested)
        {
            return;
        }

        _resetRequested = false;
        if (ResetRequested is { } request)
        {
            request();
        }
        else
        {
            Reset(powerOn: false);
        }
    }

    private bool WakeIsDue()
    {
        if (_sleepsForEvent && (_eventRegister || ((_control.SleepControl & SystemControl.SendEventOnPend) != 0 && _exceptions.PendingTransition)))
        {
            return true;
        }

        // PRIMASK does not keep an interrupt from ending the sleep (ARM DDI 0403, section B1.5.19).
        return _exceptions.AnyPending && !MasksInterrupts && _exceptions.TrySelect(ExecutionPriority(withPrimask: false), out _);
    }
}
