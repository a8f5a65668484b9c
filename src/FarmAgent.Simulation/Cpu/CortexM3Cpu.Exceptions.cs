using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Cpu;

/// <summary>Exception entry and return (ARM DDI 0403, sections B1.5.6 to B1.5.12).</summary>
internal sealed partial class CortexM3Cpu
{
    private const uint FrameSize = 0x20;
    private const int EntryCycles = 12;
    private const int ReturnCycles = 10;
    private const int TailChainCycles = 6;

    /// <summary>Enters the most urgent pending exception if it may run now.</summary>
    private bool TakePendingException()
    {
        if (!_exceptions.AnyPending || !_exceptions.TrySelect(ExecutionPriority(withPrimask: true), out var exception) || IsMaskedByDebugger(exception))
        {
            return false;
        }

        _lockedUp = false;
        EnterException(exception);
        return true;
    }

    private bool IsMaskedByDebugger(int exception) =>
        MasksInterrupts && (exception is ExceptionNumber.PendSupervisor or ExceptionNumber.SysTick or >= ExceptionNumber.FirstInterrupt);

    private void EnterException(int exception)
    {
        var link = _ipsr != 0 ? 0xFFFF_FFF1u : _selectsProcessStack ? 0xFFFF_FFFDu : 0xFFFF_FFF9u;
        _cycles += EntryCycles;
        var stacked = PushFrame();
        if (!stacked)
        {
            // The entry goes on; the stacking error is one more fault, perhaps more urgent than what was to be entered.
            if (exception != ExceptionNumber.HardFault || _exceptions.IsEnabled(ExceptionNumber.BusFault))
            {
                PendStackFault(FaultCause.StackingBusError);
            }

            if (_lockedUp)
            {
                return;
            }

            if (_exceptions.TrySelect(ExecutionPriority(withPrimask: true), out var worse))
            {
                exception = worse;
            }
        }

        BeginHandler(exception, link);
    }

    private bool PushFrame()
    {
        var stack = _r[Sp];
        var aligned = _control.IsConfigured(SystemControl.StackAlign) && (stack & 4) != 0;
        var frame = stack - FrameSize - (aligned ? 4u : 0);
        var status = ProgramStatus | (aligned ? 1u << 9 : 0);
        _r[Sp] = frame;
        ReadOnlySpan<uint> words = [_r[0], _r[1], _r[2], _r[3], _r[12], _r[Lr], _pc, status];
        for (var index = 0; index < words.Length; index++)
        {
            if (_bus.Write(frame + (uint)(index * 4), 4, words[index], BusMaster.Core) == BusResponse.Error)
            {
                return false;
            }
        }

        return true;
    }

    private void PendStackFault(FaultCause cause)
    {
        _faults.Configurable |= cause;
        if (_exceptions.IsEnabled(ExceptionNumber.BusFault)
            && _exceptions.GroupPriorityOf(ExceptionNumber.BusFault) < ExecutionPriority(withPrimask: true))
        {
            _exceptions.Pend(ExceptionNumber.BusFault);
            return;
        }

        RaiseHardFault(FaultStatus.Forced);
    }

    private void BeginHandler(int exception, uint link)
    {
        _exceptions.Activate(exception);
        _ipsr = (uint)exception;
        _it = 0;
        _aborted = false;
        _selectsProcessStack = false;
        SelectStack(process: false);
        _r[Lr] = link;
        _exclusive = false;
        _eventRegister = true;
        var response = _bus.Read(_control.VectorTable + ((uint)exception * 4), 4, BusMaster.Core, out var vector);
        _bus.TakeStall();
        if (response == BusResponse.Error)
        {
            _faults.Hard |= FaultStatus.VectorTable;
            RaiseHardFault(0);
            return;
        }

        SetThumb((vector & 1) != 0);
        _pc = vector & ~1u;
        _next = _pc;
        if (IsCaught(exception))
        {
            Halt(DebugFault.VectorCatch);
        }
    }

    private bool IsCaught(int exception) => exception switch
    {
        ExceptionNumber.HardFault => _debug.Catches(DebugMonitorControl.CatchHardError)
            || ((_faults.Configurable & (FaultCause.StackingBusError | FaultCause.UnstackingBusError)) != 0 && _debug.Catches(DebugMonitorControl.CatchInterruptError)),
        ExceptionNumber.MemoryManage => _debug.Catches(DebugMonitorControl.CatchMemoryManage),
        ExceptionNumber.BusFault => _debug.Catches(DebugMonitorControl.CatchBusError),
        ExceptionNumber.UsageFault => _debug.Catches(CauseOfUsageFault()),
        _ => false,
    };

    private DebugMonitorControl CauseOfUsageFault()
    {
        var cause = DebugMonitorControl.None;
        var status = _faults.Configurable;
        cause |= (status & FaultCause.NoCoprocessor) != 0 ? DebugMonitorControl.CatchNoCoprocessor : 0;
        cause |= (status & (FaultCause.Unaligned | FaultCause.DivideByZero)) != 0 ? DebugMonitorControl.CatchCheckError : 0;
        cause |= (status & (FaultCause.UndefinedInstruction | FaultCause.InvalidState | FaultCause.InvalidExceptionReturn)) != 0 ? DebugMonitorControl.CatchStateError : 0;
        return cause;
    }

    /// <summary>BX or a load of the PC with an EXC_RETURN value in handler mode.</summary>
    private void ReturnFromException(uint value)
    {
        var returning = (int)_ipsr;
        var toThread = (value & 8) != 0;
        var toProcessStack = (value & 4) != 0;
        if (!_exceptions.IsActive(returning) || !IsValidReturn(value))
        {
            _exceptions.Deactivate(returning);
            UsageFault(FaultCause.InvalidExceptionReturn);
            // No frame is popped; the handler of the fault finds the same EXC_RETURN.
            if (!_lockedUp)
            {
                TryTailChain(value);
            }

            return;
        }

        if (returning != ExceptionNumber.NonMaskable)
        {
            _faultmask = false;
        }

        _exceptions.Deactivate(returning);
        if (_exceptions.AnyPending && TryTailChain(value))
        {
            return;
        }

        PopFrame(toThread, toProcessStack, value);
    }

    private bool IsValidReturn(uint value) => (value & 15) switch
    {
        1 => _exceptions.ActiveCount > 1,
        9 or 13 => _exceptions.ActiveCount == 1 || _control.IsConfigured(SystemControl.NonBaseThreadEnable),
        _ => false,
    };

    private bool TryTailChain(uint link)
    {
        if (!_exceptions.TrySelect(ExecutionPriority(withPrimask: true), out var next) || IsMaskedByDebugger(next))
        {
            return false;
        }

        _cycles += TailChainCycles;
        // The frame on the stack serves the next handler too.
        BeginHandler(next, link);
        Attend();
        return true;
    }

    private void PopFrame(bool toThread, bool toProcessStack, uint value)
    {
        _cycles += ReturnCycles;
        if (toThread)
        {
            _selectsProcessStack = toProcessStack;
            SelectStack(toProcessStack);
        }

        var frame = _r[Sp];
        Span<uint> words = stackalloc uint[8];
        for (var index = 0; index < words.Length; index++)
        {
            if (_bus.Read(frame + (uint)(index * 4), 4, BusMaster.Core, out words[index]) == BusResponse.Error)
            {
                _ipsr = 0;
                _r[Lr] = value;
                PendStackFault(FaultCause.UnstackingBusError);
                return;
            }
        }

        for (var index = 0; index < 4; index++)
        {
            _r[index] = words[index];
        }

        _r[12] = words[4];
        _r[Lr] = words[5];
        _next = words[6] & ~1u;
        var status = words[7];
        _r[Sp] = frame + FrameSize + (_control.IsConfigured(SystemControl.StackAlign) && (status & (1u << 9)) != 0 ? 4u : 0);
        ProgramStatus = status & ~(1u << 9);
        _eventRegister = true;
        _exclusive = false;
        if (toThread != (_ipsr == 0))
        {
            UsageFault(FaultCause.InvalidExceptionReturn);
            return;
        }

        if (toThread && (_control.SleepControl & SystemControl.SleepOnExit) != 0 && _exceptions.ActiveCount == 0)
        {
            _pc = _next;
            FallAsleep(forEvent: false);
        }

        Attend();
    }
}
