using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Cpu.Debugging;

/// <summary>
/// The flash patch and breakpoint unit: six code and two literal comparators (ARM DDI 0403, section C1.11). Remapping is not modelled: a
/// code comparator set to it does not match, as no tool for this family uses it.
/// </summary>
internal sealed class BreakpointUnit : IBusPeripheral
{
    private const int CodeComparators = 6;
    private const int Comparators = 8;
    private const uint ControlIdentity = 0x0000_0260;
    private const uint AddressMask = 0x1FFF_FFFC;
    private readonly uint[] _comparators = new uint[Comparators];
    private readonly Action _changed;
    private uint _remap;
    private bool _enabled;

    /// <summary>Makes a unit with everything off.</summary>
    /// <param name="changed">Told when other addresses may match.</param>
    public BreakpointUnit(Action changed) => _changed = changed;

    /// <inheritdoc/>
    public string Name => "FPB";

    /// <summary>True if any comparator may match.</summary>
    public bool IsActive => _enabled && _comparators.AsSpan(0, CodeComparators).ContainsAnyExcept(0u);

    /// <summary>True if an instruction at this address is a breakpoint.</summary>
    public bool Matches(uint address)
    {
        if (!_enabled || address >= 0x2000_0000)
        {
            return false;
        }

        var half = (address & 2) == 0 ? 1u : 2u;
        foreach (var comparator in _comparators.AsSpan(0, CodeComparators))
        {
            if ((comparator & 1) != 0 && (comparator & AddressMask) == (address & AddressMask) && ((comparator >> 30) & half) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value)
    {
        value = offset switch
        {
            0 => ControlIdentity | (_enabled ? 1u : 0),
            4 => _remap | 0x2000_0000,
            >= 8 and < 8 + (Comparators * 4) => _comparators[(offset - 8) / 4],
            _ => ComponentIdentity.Breakpoint.Read(offset),
        };
        return BusResponse.Okay;
    }

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master)
    {
        switch (offset)
        {
            // Without the key bit a write is ignored.
            case 0 when (value & 2) != 0:
                _enabled = (value & 1) != 0;
                break;
            case 4:
                _remap = value & 0x1FFF_FFE0;
                break;
            case >= 8 and < 8 + (CodeComparators * 4):
                _comparators[(offset - 8) / 4] = value & 0xDFFF_FFFD;
                break;
            case >= 8 and < 8 + (Comparators * 4):
                _comparators[(offset - 8) / 4] = value & 0x1FFF_FFFD;
                break;
            default:
                return BusResponse.Okay;
        }

        _changed();
        return BusResponse.Okay;
    }

    /// <summary>Power-on reset.</summary>
    public void Reset()
    {
        Array.Clear(_comparators);
        _enabled = false;
        _changed();
    }

    /// <summary>A system reset leaves breakpoints; the core resets the unit at power-on.</summary>
    public void Reset(bool powerOn)
    {
        if (powerOn)
        {
            Reset();
        }
    }
}
