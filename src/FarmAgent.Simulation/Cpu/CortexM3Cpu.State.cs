using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Cpu;

/// <summary>Registers, flags, stacks and reset.</summary>
internal sealed partial class CortexM3Cpu
{
    private const int Sp = 13;
    private const int Lr = 14;
    private const uint ThumbBit = 1 << 24;
    private const uint SaturationBit = 1 << 27;

    private readonly uint[] _r = new uint[16];
    private uint _pc;
    private uint _next;

    // N is bit 31 of _n, Z is set when _z is 0: most instructions then store their result twice and compute nothing.
    private uint _n;
    private uint _z = 1;
    private bool _c;
    private bool _v;
    private bool _q;
    private uint _it;
    private uint _ipsr;
    private bool _thumb = true;

    private uint _otherStack;
    private bool _onProcessStack;
    private bool _selectsProcessStack;
    private bool _unprivileged;
    private bool _primask;
    private bool _faultmask;
    private byte _basepri;

    private bool Stepping => (_debug.Control & (HaltingControl.DebugEnable | HaltingControl.Step)) == (HaltingControl.DebugEnable | HaltingControl.Step);

    private bool MasksInterrupts => _debug.Enabled && (_debug.Control & HaltingControl.MaskInterrupts) != 0;

    private bool IsPrivileged => _ipsr != 0 || !_unprivileged;

    private uint MainStack
    {
        get => _onProcessStack ? _otherStack : _r[Sp];
        set
        {
            if (_onProcessStack)
            {
                _otherStack = value & ~3u;
            }
            else
            {
                _r[Sp] = value & ~3u;
            }
        }
    }

    private uint ProcessStack
    {
        get => _onProcessStack ? _r[Sp] : _otherStack;
        set
        {
            if (_onProcessStack)
            {
                _r[Sp] = value & ~3u;
            }
            else
            {
                _otherStack = value & ~3u;
            }
        }
    }

    private uint Apsr
    {
        get => (_n & 0x8000_0000) | (_z == 0 ? 1u << 30 : 0) | (_c ? 1u << 29 : 0) | (_v ? 1u << 28 : 0) | (_q ? SaturationBit : 0);
        set
        {
            _n = value & 0x8000_0000;
            _z = (value & (1u << 30)) != 0 ? 0u : 1u;
            _c = (value & (1u << 29)) != 0;
            _v = (value & (1u << 28)) != 0;
            _q = (value & SaturationBit) != 0;
        }
    }

    private uint ProgramStatus
    {
        get => Apsr | (_thumb ? ThumbBit : 0) | ((_it & 3) << 25) | ((_it & 0xFC) << 8) | _ipsr;
        set
        {
            Apsr = value;
            SetThumb((value & ThumbBit) != 0);
            _it = ((value >> 25) & 3) | ((value >> 8) & 0xFC);
            _ipsr = value & 0x1FF;
        }
    }

    private void SetThumb(bool thumb)
    {
        _thumb = thumb;
        if (!thumb)
        {
            // The check for the state lies where code is looked up, so that executing costs nothing.
            _codeSize = 0;
        }
    }

    private void SelectStack(bool process)
    {
        if (_onProcessStack != process)
        {
            (_r[Sp], _otherStack) = (_otherStack, _r[Sp]);
            _onProcessStack = process;
        }
    }

    private int ExecutionPriority(bool withPrimask)
    {
        var priority = _exceptions.ActivePriority();
        if (_basepri != 0)
        {
            priority = Math.Min(priority, _exceptions.GroupPriority(_basepri));
        }

        if (_primask && withPrimask)
        {
            priority = Math.Min(priority, 0);
        }

        return _faultmask ? Math.Min(priority, -1) : priority;
    }

    private void ResetState(bool powerOn)
    {
        _exceptions.Reset();
        _sysTick.Reset(_cycles);
        _faults.Reset();
        _control.Reset();
        _debug.Reset(powerOn);
        if (powerOn)
        {
            _breakpoints.Reset();
            _watchpoints.Reset();
        }

        _halted = false;
        _lockedUp = false;
        _sleeping = false;
        _sleepsDeeply = false;
        _sleepsForEvent = false;
        _eventRegister = false;
        _exclusive = false;
        _stalledUntil = 0;
        _primask = false;
        _faultmask = false;
        _basepri = 0;
        _unprivileged = false;
        _selectsProcessStack = false;
        _q = false;
        _it = 0;
        _ipsr = 0;
        SelectStack(process: false);
        _stopRequested = true;
        DropWindows();
        Attend();
    }

    private void Boot()
    {
        // Without a vector table the core finds nothing to execute and ends in lockup, as blank silicon does.
        var response = _bus.Read(0, 4, BusMaster.Core, out var stack);
        var entryResponse = _bus.Read(4, 4, BusMaster.Core, out var entry);
        _bus.TakeStall();
        MainStack = stack;
        _r[Lr] = uint.MaxValue;
        _pc = entry & ~1u;
        _next = _pc;
        SetThumb((entry & 1) != 0);
        if (response == BusResponse.Error || entryResponse == BusResponse.Error)
        {
            _faults.Hard |= FaultStatus.VectorTable;
            LockUp();
        }

        if (_debug.Catches(DebugMonitorControl.CatchCoreReset))
        {
            Halt(DebugFault.VectorCatch);
        }
    }
}
