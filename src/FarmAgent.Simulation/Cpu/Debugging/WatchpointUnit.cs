using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Cpu.Debugging;

/// <summary>
/// The data watchpoint and trace unit: cycle counter, PC sampling and four comparators that halt (ARM DDI 0403, section C1.8). It is off
/// while DEMCR.TRCENA is 0. Trace packets and the profiling counters are not modelled; the counters read 0.
/// </summary>
internal sealed class WatchpointUnit : IBusPeripheral
{
    private const int Comparators = 4;
    private const uint ControlIdentity = 0x4000_0000;
    private const uint Matched = 1 << 24;
    private readonly uint[] _address = new uint[Comparators];
    private readonly uint[] _mask = new uint[Comparators];
    private readonly uint[] _function = new uint[Comparators];
    private readonly DebugState _debug;
    private readonly Func<long> _now;
    private readonly Func<uint> _sample;
    private readonly Action _matched;
    private readonly Action _changed;
    private uint _control;
    private uint _count;
    private long _anchor;

    /// <summary>Makes a unit with everything off.</summary>
    /// <param name="debug">Where TRCENA is.</param>
    /// <param name="now">The core's cycle count.</param>
    /// <param name="sample">What PCSR shows.</param>
    /// <param name="matched">Called on a match of a data comparator.</param>
    /// <param name="changed">Told when other addresses may match.</param>
    public WatchpointUnit(DebugState debug, Func<long> now, Func<uint> sample, Action matched, Action changed)
    {
        _debug = debug;
        _now = now;
        _sample = sample;
        _matched = matched;
        _changed = changed;
    }

    /// <inheritdoc/>
    public string Name => "DWT";

    /// <summary>True if any comparator watches data.</summary>
    public bool WatchesData { get; private set; }

    /// <summary>True if any comparator watches the program counter.</summary>
    public bool WatchesCode { get; private set; }

    private bool Counts => _debug.TraceEnabled && (_control & 1) != 0;

    /// <summary>True if a comparator is set to this instruction.</summary>
    public bool MatchesProgramCounter(uint address)
    {
        if (WatchesCode && _debug.TraceEnabled)
        {
            for (var index = 0; index < Comparators; index++)
            {
                if ((_function[index] & 15) == 4 && Covers(index, address, 1))
                {
                    _function[index] |= Matched;
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Told of each data access while <see cref="WatchesData"/>.</summary>
    public void NoteAccess(uint address, int width, uint value, bool write)
    {
        if (!WatchesData || !_debug.TraceEnabled)
        {
            return;
        }

        var kind = write ? 6u : 5u;
        for (var index = 0; index < Comparators; index++)
        {
            var function = _function[index] & 15;
            if ((function == kind || function == 7) && Covers(index, address, width) && ValueMatches(index, value))
            {
                _function[index] |= Matched;
                _matched();
            }
        }
    }

    /// <summary>The core was halted for so many cycles: the cycle counter stood still.</summary>
    public void Freeze(long cycles) => _anchor += cycles;

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value)
    {
        if (offset >= 0xFD0)
        {
            value = ComponentIdentity.Watchpoint.Read(offset);
        }
        else if (!_debug.TraceEnabled)
        {
            value = 0;
        }
        else
        {
            value = ReadRegister(offset);
        }

        return BusResponse.Okay;
    }

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master)
    {
        if (!_debug.TraceEnabled)
        {
            return BusResponse.Okay;
        }

        switch (offset)
        {
            case 0:
                _count = Count();
                _anchor = _now();
                _control = value & 0x0FFF_FFFF;
                break;
            case 4:
                _count = value;
                _anchor = _now();
                break;
            case >= 0x20 and < 0x20 + (Comparators * 16):
                WriteComparator((offset - 0x20) / 16, offset & 15, value);
                break;
            default:
                break;
        }

        return BusResponse.Okay;
    }

    /// <summary>Power-on reset.</summary>
    public void Reset()
    {
        Array.Clear(_function);
        _control = 0;
        _count = 0;
        WatchesData = false;
        WatchesCode = false;
        _changed();
    }

    /// <summary>A system reset leaves watchpoints; the core resets the unit at power-on.</summary>
    public void Reset(bool powerOn)
    {
        if (powerOn)
        {
            Reset();
        }
    }

    private uint Count() => Counts ? (uint)(_count + (_now() - _anchor)) : _count;

    private uint ReadRegister(uint offset)
    {
        switch (offset)
        {
            case 0:
                return ControlIdentity | _control;
            case 4:
                return Count();
            case 0x1C:
                return _sample();
            case >= 0x20 and < 0x20 + (Comparators * 16):
                var index = (offset - 0x20) / 16;
                switch (offset & 15)
                {
                    case 0:
                        return _address[index];
                    case 4:
                        return _mask[index];
                    case 8:
                        var function = _function[index];
                        _function[index] &= ~Matched;
                        return function;
                    default:
                        return 0;
                }

            default:
                return 0;
        }
    }

    private void WriteComparator(uint index, uint register, uint value)
    {
        switch (register)
        {
            case 0:
                _address[index] = value;
                break;
            case 4:
                _mask[index] = value & 31;
                break;
            case 8:
                _function[index] = value & 0x000F_FFAF;
                break;
            default:
                return;
        }

        WatchesCode = Array.Exists(_function, f => (f & 15) == 4);
        WatchesData = Array.Exists(_function, f => (f & 15) is 5 or 6 or 7);
        _changed();
    }

    private bool Covers(int index, uint address, int width)
    {
        // A comparator with a data value match takes its address from the comparator it links to.
        if ((_function[index] & 0x100) != 0)
        {
            var link = (int)((_function[index] >> 12) & 15);
            return link >= Comparators || link == index || Overlaps(_address[link], _mask[link], address, width);
        }

        return Overlaps(_address[index], _mask[index], address, width);
    }

    private static bool Overlaps(uint start, uint mask, uint address, int width)
    {
        var size = 1ul << (int)mask;
        var first = start & ~(size - 1);
        return address < first + size && first < (ulong)address + (ulong)width;
    }

    private bool ValueMatches(int index, uint value)
    {
        if ((_function[index] & 0x100) == 0)
        {
            return true;
        }

        var bits = 8 << (int)((_function[index] >> 10) & 3);
        var lanes = bits >= 32 ? uint.MaxValue : (1u << bits) - 1;
        return ((value ^ _address[index]) & lanes) == 0;
    }
}
