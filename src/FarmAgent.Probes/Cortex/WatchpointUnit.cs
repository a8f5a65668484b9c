using System.Numerics;

namespace FarmAgent.Probes.Cortex;

/// <summary>What accesses a watchpoint stops at; the values are those of FUNCTION in DWT_FUNCTIONn (ARMv7-M ARM table C1-14).</summary>
internal enum WatchKind : uint
{
    /// <summary>Reads.</summary>
    Read = 5,

    /// <summary>Writes.</summary>
    Write = 6,

    /// <summary>Both.</summary>
    Access = 7,
}

/// <summary>A watched range: a power of two long and aligned to its length.</summary>
/// <param name="Address">First address.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="Kind">Accesses that stop.</param>
internal readonly record struct Watchpoint(uint Address, uint Length, WatchKind Kind);

/// <summary>
/// The core's data watchpoints (DWT, ARMv7-M ARM section C1.8). They need DEMCR.TRCENA, and live in the chip until power-on, so their user
/// clears them at both ends of a session.
/// </summary>
internal sealed class WatchpointUnit
{
    private const uint Control = 0xE000_1000;
    private const uint FirstComparator = 0xE000_1020;
    private const uint Matched = 1u << 24;
    private const uint LongestRange = 0x8000;

    private readonly IMemoryAccess _memory;
    private readonly Watchpoint?[] _slots;

    /// <summary>Takes the unit over: looks how large it is and clears it. Trace must be enabled.</summary>
    public WatchpointUnit(IMemoryAccess memory)
    {
        _memory = memory;
        _slots = new Watchpoint?[(int)(memory.ReadWord(Control) >> 28)];
        Clear();
    }

    /// <summary>How many watchpoints there can be.</summary>
    public int Capacity => _slots.Length;

    /// <summary>True when a comparator can watch such a range.</summary>
    public static bool CanWatch(uint address, uint length) =>
        length is > 0 and <= LongestRange && BitOperations.IsPow2(length) && address % length == 0;

    /// <summary>Sets a watchpoint; one that is there already stays.</summary>
    /// <returns>False when all comparators are in use.</returns>
    public bool TrySet(Watchpoint watchpoint)
    {
        if (Array.IndexOf(_slots, watchpoint) >= 0)
        {
            return true;
        }

        var free = Array.IndexOf(_slots, null);
        if (free < 0)
        {
            return false;
        }

        Write(free, watchpoint);
        _slots[free] = watchpoint;
        return true;
    }

    /// <summary>Takes a watchpoint away; does nothing when there is none.</summary>
    public void Remove(Watchpoint watchpoint)
    {
        var slot = Array.IndexOf(_slots, watchpoint);
        if (slot >= 0)
        {
            Write(slot, null);
            _slots[slot] = null;
        }
    }

    /// <summary>Takes all away.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Restore();
    }

    /// <summary>Lets nothing match until <see cref="Restore"/>.</summary>
    public void Suspend()
    {
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            Write(slot, null);
        }
    }

    /// <summary>Writes everything that is set again, after the chip lost it or the unit was suspended.</summary>
    public void Restore()
    {
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            Write(slot, _slots[slot]);
        }
    }

    /// <summary>Finds the watchpoint that matched since the last look; reading takes the mark away.</summary>
    public Watchpoint? TakeMatch()
    {
        Watchpoint? match = null;
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            if (_slots[slot] is { } watchpoint && (_memory.ReadWord(Register(slot, 8)) & Matched) != 0)
            {
                match ??= watchpoint;
            }
        }

        return match;
    }

    private static uint Register(int slot, uint offset) => FirstComparator + ((uint)slot * 16) + offset;

    private void Write(int slot, Watchpoint? watchpoint)
    {
        // The function goes off first and on last: half of a new comparator never matches.
        _memory.WriteWord(Register(slot, 8), 0);
        if (watchpoint is { } set)
        {
            _memory.WriteWord(Register(slot, 0), set.Address);
            _memory.WriteWord(Register(slot, 4), (uint)BitOperations.Log2(set.Length));
            _memory.WriteWord(Register(slot, 8), (uint)set.Kind);
        }
    }
}
