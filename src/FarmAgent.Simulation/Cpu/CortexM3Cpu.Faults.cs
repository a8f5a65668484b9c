namespace FarmAgent.Simulation.Cpu;

/// <summary>Faults, their escalation and lockup (ARM DDI 0403, sections B1.5.14 and B1.5.15).</summary>
internal sealed partial class CortexM3Cpu
{
    private const uint LockupAddress = 0xFFFF_FFFE;

    /// <summary>Always false, so that an access can end with it.</summary>
    private bool DataBusFault(uint address)
    {
        if (_control.IsConfigured(SystemControl.IgnoreBusFaults) && ExecutionPriority(withPrimask: true) < 0)
        {
            _faults.Configurable |= FaultCause.PreciseBusError | FaultCause.BusFaultAddressValid;
            _faults.BusFaultAddress = address;
            return true;
        }

        _faults.BusFaultAddress = address;
        return Fault(ExceptionNumber.BusFault, FaultCause.PreciseBusError | FaultCause.BusFaultAddressValid);
    }

    private bool UsageFault(FaultCause cause) => Fault(ExceptionNumber.UsageFault, cause);

    private void InstructionFault()
    {
        _next = _pc;
        _cycles++;
        // The default memory map forbids execution in the device and system regions.
        var noExecute = _pc is >= 0x4000_0000 and < 0x6000_0000 or >= 0xA000_0000;
        if (noExecute)
        {
            Fault(ExceptionNumber.MemoryManage, FaultCause.InstructionAccessViolation);
        }
        else
        {
            Fault(ExceptionNumber.BusFault, FaultCause.InstructionBusError);
        }
    }

    private bool Fault(int exception, FaultCause cause)
    {
        _faults.Configurable |= cause;
        Escalate(exception);
        return false;
    }

    /// <summary>Makes a synchronous exception pending, or HardFault where it cannot run; in a fault handler already, the core locks up.</summary>
    private void Escalate(int exception)
    {
        Abort();
        if (_exceptions.IsEnabled(exception) && _exceptions.GroupPriorityOf(exception) < ExecutionPriority(withPrimask: true))
        {
            _exceptions.Pend(exception);
            return;
        }

        RaiseHardFault(FaultStatus.Forced);
    }

    private void RaiseHardFault(uint reason)
    {
        Abort();
        if (ExecutionPriority(withPrimask: true) <= -1)
        {
            LockUp();
            return;
        }

        _faults.Hard |= reason;
        _exceptions.Pend(ExceptionNumber.HardFault);
    }

    private void LockUp()
    {
        _lockedUp = true;
        _pc = LockupAddress;
        _next = LockupAddress;
        _stopRequested = true;
        Attend();
    }
}
