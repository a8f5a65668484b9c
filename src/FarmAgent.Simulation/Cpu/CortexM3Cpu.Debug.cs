namespace FarmAgent.Simulation.Cpu;

/// <summary>Halting debug and the core registers as a debugger sees them (ARM DDI 0403, chapter C1).</summary>
internal sealed partial class CortexM3Cpu
{
    private const uint HaltingKey = 0xA05F_0000;
    private const HaltingControl WritableControl =
        HaltingControl.DebugEnable | HaltingControl.Halt | HaltingControl.Step | HaltingControl.MaskInterrupts | HaltingControl.SnapStall;

    private void MeetWatchpoint()
    {
        if (_debug.Enabled)
        {
            Halt(DebugFault.Watchpoint);
        }
    }

    private void Halt(DebugFault cause)
    {
        _debug.Fault |= cause;
        _debug.Control |= HaltingControl.Halt;
        _halted = true;
        _sleeping = false;
        EndDeepSleep();
        // Debug state ends lockup, however it was entered (S_LOCKUP, section C1.6.2).
        _lockedUp = false;
        _stopRequested = true;
        Attend();
    }

    private uint ReadHaltingControl(bool clear)
    {
        var value = (uint)(_debug.Control | HaltingControl.RegisterReady);
        value |= _halted ? (uint)HaltingControl.Halted : 0;
        value |= IsSleeping ? (uint)HaltingControl.Sleep : 0;
        value |= _lockedUp ? (uint)HaltingControl.Lockup : 0;
        value |= _debug.Retired ? (uint)HaltingControl.Retired : 0;
        value |= _debug.WasReset || _inReset ? (uint)HaltingControl.WasReset : 0;
        if (clear)
        {
            _debug.Retired = false;
            _debug.WasReset = _inReset;
        }

        return value;
    }

    private void WriteHaltingControl(uint value, bool byDebugger)
    {
        if ((value & 0xFFFF_0000) != HaltingKey)
        {
            return;
        }

        var control = (HaltingControl)value & WritableControl;
        if (!byDebugger)
        {
            // The core itself can neither enable debugging nor, without it, halt itself.
            control = (control & ~HaltingControl.DebugEnable) | (_debug.Control & HaltingControl.DebugEnable);
        }

        if ((control & HaltingControl.DebugEnable) == 0)
        {
            control &= HaltingControl.DebugEnable;
        }

        _debug.Control = control;
        if ((control & HaltingControl.Halt) != 0)
        {
            if (!_halted && !_inReset)
            {
                Halt(DebugFault.HaltRequest);
            }
        }
        else if (_halted)
        {
            _halted = false;
            _aborted = false;
        }

        Attend();
    }

    private void TransferCoreRegister(uint selector)
    {
        var number = selector & 0x7F;
        if ((selector & 0x1_0000) == 0)
        {
            _debug.Data = ReadCoreRegister(number);
        }
        else if (_halted)
        {
            WriteCoreRegister(number, _debug.Data);
        }
    }

    private uint ReadCoreRegister(uint number) => number switch
    {
        15 => _pc,
        < 15 => _r[number],
        16 => ProgramStatus,
        17 => MainStack,
        18 => ProcessStack,
        20 => (ControlRegister << 24) | (_faultmask ? 1u << 16 : 0) | ((uint)_basepri << 8) | (_primask ? 1u : 0),
        _ => 0,
    };

    private void WriteCoreRegister(uint number, uint value)
    {
        switch (number)
        {
            case Sp:
                _r[Sp] = value & ~3u;
                break;
            case 15:
                _pc = value & ~1u;
                _next = _pc;
                break;
            case < 15:
                _r[number] = value;
                break;
            case 16:
                ProgramStatus = value & ~(1u << 9);
                SelectStack(_ipsr == 0 && _selectsProcessStack);
                break;
            case 17:
                MainStack = value;
                break;
            case 18:
                ProcessStack = value;
                break;
            case 20:
                _primask = (value & 1) != 0;
                _basepri = _exceptions.MaskPriority((value >> 8) & 0xFF);
                _faultmask = (value & 0x1_0000) != 0;
                _unprivileged = (value & 0x0100_0000) != 0;
                _selectsProcessStack = (value & 0x0200_0000) != 0 && _ipsr == 0;
                SelectStack(_selectsProcessStack);
                break;
            default:
                break;
        }
    }
}
