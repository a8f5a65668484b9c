using FarmAgent.Simulation.Cpu.Decoding;

namespace FarmAgent.Simulation.Cpu;

/// <summary>System instructions and special registers (ARM DDI 0403, sections B4 and B5).</summary>
internal sealed partial class CortexM3Cpu
{
    private void ExecuteSystem(in Instruction i)
    {
        switch (i.Operation)
        {
            case Operation.WaitForInterrupt:
                FallAsleep(forEvent: false);
                break;
            case Operation.WaitForEvent:
                if (_eventRegister)
                {
                    _eventRegister = false;
                }
                else
                {
                    FallAsleep(forEvent: true);
                }

                break;
            case Operation.SendEvent:
                _eventRegister = true;
                break;
            case Operation.ChangeState:
                ChangeState(i.Immediate);
                break;
            case Operation.MoveFromSpecial:
                _r[i.Rd] = ReadSpecial(i.Immediate);
                break;
            case Operation.MoveToSpecial:
                WriteSpecial(i.Immediate, _r[i.Rn], i.Ra);
                break;
            case Operation.SupervisorCall:
                CallSupervisor();
                break;
            case Operation.Breakpoint:
                MeetBreakpointInstruction();
                break;
            default:
                UsageFault(FaultCause.UndefinedInstruction);
                break;
        }
    }

    private void FallAsleep(bool forEvent)
    {
        _sleeping = true;
        _sleepsForEvent = forEvent;
        _exceptions.PendingTransition = false;
        if (!WakeIsDue())
        {
            _stopRequested = true;
        }

        Attend();
    }

    private void ChangeState(uint bits)
    {
        if (!IsPrivileged)
        {
            return;
        }

        var disable = (bits & 0x10) != 0;
        if ((bits & 2) != 0)
        {
            _primask = disable;
        }

        if ((bits & 1) != 0)
        {
            SetFaultMask(disable);
        }

        Attend();
    }

    private void SetFaultMask(bool set)
    {
        // It cannot be set from a handler that runs at HardFault priority or above already.
        if (!set || ExecutionPriority(withPrimask: true) > -1)
        {
            _faultmask = set;
        }
    }

    private uint ReadSpecial(uint number) => number switch
    {
        // APSR, IAPSR, EAPSR, XPSR, IPSR, EPSR, IEPSR: the execution bits read as 0.
        <= 7 => ((number & 4) == 0 ? Apsr : 0) | ((number & 1) != 0 ? _ipsr : 0),
        8 => IsPrivileged ? MainStack : 0,
        9 => IsPrivileged ? ProcessStack : 0,
        16 => IsPrivileged && _primask ? 1u : 0,
        17 or 18 => IsPrivileged ? _basepri : 0u,
        19 => IsPrivileged && _faultmask ? 1u : 0,
        20 => ControlRegister,
        _ => 0,
    };

    private uint ControlRegister => (_unprivileged ? 1u : 0) | (_selectsProcessStack ? 2u : 0);

    private void WriteSpecial(uint number, uint value, byte mask)
    {
        if (number <= 3)
        {
            if ((mask & 2) != 0)
            {
                Apsr = value;
            }

            return;
        }

        if (!IsPrivileged)
        {
            return;
        }

        switch (number)
        {
            case 8:
                MainStack = value;
                break;
            case 9:
                ProcessStack = value;
                break;
            case 16:
                _primask = (value & 1) != 0;
                break;
            case 17:
                _basepri = _exceptions.MaskPriority(value);
                break;
            case 18:
                var priority = _exceptions.MaskPriority(value);
                if (priority != 0 && (_basepri == 0 || priority < _basepri))
                {
                    _basepri = priority;
                }

                break;
            case 19:
                SetFaultMask((value & 1) != 0);
                break;
            case 20:
                WriteControl(value);
                break;
            default:
                break;
        }

        Attend();
    }

    private void WriteControl(uint value)
    {
        _unprivileged = (value & 1) != 0;
        if (_ipsr == 0)
        {
            _selectsProcessStack = (value & 2) != 0;
            SelectStack(_selectsProcessStack);
        }
    }

    private void CallSupervisor()
    {
        // Where SVCall cannot run it is a fault of the instruction itself, otherwise execution goes on after it.
        if (_exceptions.GroupPriorityOf(ExceptionNumber.SupervisorCall) >= ExecutionPriority(withPrimask: true))
        {
            Escalate(ExceptionNumber.SupervisorCall);
            return;
        }

        _exceptions.Pend(ExceptionNumber.SupervisorCall);
    }

    private void MeetBreakpointInstruction()
    {
        _next = _pc;
        if (_debug.Enabled)
        {
            _aborted = true;
            Halt(DebugFault.Breakpoint);
            return;
        }

        _aborted = true;
        _debug.Fault |= DebugFault.Breakpoint;
        if ((_debug.Monitor & DebugMonitorControl.MonitorEnable) != 0
            && _exceptions.GroupPriorityOf(ExceptionNumber.DebugMonitor) < ExecutionPriority(withPrimask: true))
        {
            _exceptions.Pend(ExceptionNumber.DebugMonitor);
            return;
        }

        _faults.Hard |= FaultStatus.DebugEvent;
        RaiseHardFault(0);
    }
}
