namespace FarmAgent.Simulation.Cpu;

/// <summary>
/// The 24-bit system timer (ARM DDI 0403, section B3.3), computed from the core's cycle count instead of being stepped. One tick is one
/// core cycle, or eight when CSR.CLKSOURCE selects the external clock (HCLK/8 on STM32, RM0008 section 7.2).
/// </summary>
internal sealed class SysTickTimer
{
    private const uint EnableBit = 1;
    private const uint InterruptBit = 2;
    private const uint CoreClockBit = 4;
    private const uint CountFlag = 1 << 16;
    private readonly Action _raise;
    private uint _control;
    private uint _reload;
    private uint _value;
    private long _anchor;

    /// <summary>Makes a stopped timer.</summary>
    /// <param name="raise">Makes the SysTick exception pending.</param>
    public SysTickTimer(Action raise) => _raise = raise;

    /// <summary>Cycle at which the counter next makes its exception pending; <see cref="long.MaxValue"/> if never.</summary>
    public long NextInterrupt => (_control & (EnableBit | InterruptBit)) == (EnableBit | InterruptBit) ? NextZero() : long.MaxValue;

    /// <summary>CSR without the side effect of a read.</summary>
    public uint Control => _control;

    /// <summary>RVR.</summary>
    public uint Reload => _reload;

    private int CyclesPerTick => (_control & CoreClockBit) != 0 ? 1 : 8;

    /// <summary>Stops the timer.</summary>
    public void Reset(long now)
    {
        _control = 0;
        _anchor = now;
    }

    /// <summary>CSR read by the core: COUNTFLAG falls. The debugger's read leaves it.</summary>
    public uint ReadControl(long now, bool clear)
    {
        CatchUp(now);
        var control = _control;
        if (clear)
        {
            _control &= ~CountFlag;
        }

        return control;
    }

    /// <summary>CSR write.</summary>
    public void WriteControl(long now, uint value)
    {
        CatchUp(now);
        _value = Current(now);
        _anchor = now;
        _control = (_control & CountFlag) | (value & 7);
    }

    /// <summary>RVR write; takes effect at the next reload.</summary>
    public void WriteReload(long now, uint value)
    {
        CatchUp(now);
        _value = Current(now);
        _anchor = now;
        _reload = value & 0x00FF_FFFF;
    }

    /// <summary>CVR read.</summary>
    public uint ReadValue(long now)
    {
        CatchUp(now);
        return Current(now);
    }

    /// <summary>CVR write of any value: counter and COUNTFLAG go to 0.</summary>
    public void WriteValue(long now)
    {
        CatchUp(now);
        _value = 0;
        _anchor = now;
        _control &= ~CountFlag;
    }

    /// <summary>The core was halted for so many cycles: the timer stood still.</summary>
    public void Freeze(long cycles) => _anchor += cycles;

    /// <summary>Does what has become due up to now.</summary>
    public void CatchUp(long now)
    {
        if ((_control & EnableBit) == 0)
        {
            return;
        }

        var zero = NextZero();
        if (now < zero)
        {
            return;
        }

        // Several passes through 0 since the last look leave one pending exception, as in silicon.
        var period = (long)(_reload + 1) * CyclesPerTick;
        _anchor = _reload == 0 ? zero : zero + ((now - zero) / period * period);
        _value = 0;
        _control |= CountFlag;
        if ((_control & InterruptBit) != 0)
        {
            _raise();
        }
    }

    private long NextZero()
    {
        if (_value == 0)
        {
            return _reload == 0 ? long.MaxValue : _anchor + ((long)(_reload + 1) * CyclesPerTick);
        }

        return _anchor + ((long)_value * CyclesPerTick);
    }

    private uint Current(long now)
    {
        if ((_control & EnableBit) == 0)
        {
            return _value;
        }

        var ticks = (now - _anchor) / CyclesPerTick;
        if (ticks == 0)
        {
            return _value;
        }

        // From 0 the first tick loads the reload value.
        return _value == 0 ? (uint)Math.Max(0, _reload - (ticks - 1)) : (uint)Math.Max(0, _value - ticks);
    }
}
