namespace FarmAgent.Probes.Cortex;

/// <summary>
/// The core's hardware breakpoints (FPB, ARMv7-M ARM section C1.11). The first version of the unit reaches the code region below 0x20000000
/// only; the second reaches every address. What is set lives in the chip until power-on, so its user clears it at both ends of a session.
/// </summary>
internal sealed class FlashPatchUnit
{
    private const uint Control = 0xE000_2000;
    private const uint FirstComparator = 0xE000_2008;
    private const uint Enable = 0b11;
    private const uint KeyOnly = 0b10;
    private const uint CodeRegionEnd = 0x2000_0000;

    private readonly IMemoryAccess _memory;
    private readonly uint?[] _slots;
    private readonly bool _reachesAll;

    /// <summary>Takes the unit over: looks how large it is and clears it.</summary>
    public FlashPatchUnit(IMemoryAccess memory)
    {
        _memory = memory;
        var control = memory.ReadWord(Control);
        _slots = new uint?[(int)(((control >> 8) & 0x70) | ((control >> 4) & 0xF))];
        _reachesAll = control >> 28 == 1;
        Clear();
    }

    /// <summary>How many breakpoints there can be.</summary>
    public int Capacity => _slots.Length;

    /// <summary>True when one more can be set.</summary>
    public bool HasFree => Array.IndexOf(_slots, null) >= 0;

    /// <summary>True when a breakpoint can be at this address at all.</summary>
    public bool Reaches(uint address) => _reachesAll || address < CodeRegionEnd;

    /// <summary>True when there is a breakpoint.</summary>
    public bool Contains(uint address) => Array.IndexOf(_slots, address) >= 0;

    /// <summary>Sets a breakpoint; one that is there already stays.</summary>
    /// <returns>False when all comparators are in use.</returns>
    public bool TrySet(uint address)
    {
        if (Contains(address))
        {
            return true;
        }

        var free = Array.IndexOf(_slots, null);
        if (free < 0)
        {
            return false;
        }

        _memory.WriteWord(Comparator(free), Encode(address));
        _slots[free] = address;
        return true;
    }

    /// <summary>Takes a breakpoint away; does nothing when there is none.</summary>
    public void Remove(uint address)
    {
        var slot = Array.IndexOf(_slots, address);
        if (slot >= 0)
        {
            _memory.WriteWord(Comparator(slot), 0);
            _slots[slot] = null;
        }
    }

    /// <summary>Takes all away and leaves the unit on.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Restore();
    }

    /// <summary>Lets nothing match until <see cref="Restore"/>.</summary>
    public void Suspend() => _memory.WriteWord(Control, KeyOnly);

    /// <summary>Writes everything that is set again, after the chip lost it or the unit was suspended.</summary>
    public void Restore()
    {
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            _memory.WriteWord(Comparator(slot), _slots[slot] is { } address ? Encode(address) : 0);
        }

        _memory.WriteWord(Control, Enable);
    }

    private static uint Comparator(int slot) => FirstComparator + ((uint)slot * 4);

    // Version 1 compares words and says which half of it breaks; version 2 takes the address as it is.
    private uint Encode(uint address) =>
        _reachesAll ? (address & ~1u) | 1 : (address & 0x1FFF_FFFC) | ((address & 2) == 0 ? 1u << 30 : 2u << 30) | 1;
}
