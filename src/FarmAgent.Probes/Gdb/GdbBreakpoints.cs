using System.Globalization;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Probes.Gdb;

/// <summary>The breakpoints and watchpoints of one gdb: comparators of the core, and patched instructions in RAM.</summary>
internal sealed class GdbBreakpoints
{
    private readonly GdbTarget _target;
    private readonly FlashPatchUnit _hardware;
    private readonly PatchedBreakpoints _patched;
    private readonly WatchpointUnit _watch;

    /// <summary>Takes the units over and clears what another debugger left there. Trace must be enabled.</summary>
    public GdbBreakpoints(IMemoryAccess memory, GdbTarget target)
    {
        _target = target;
        _hardware = new FlashPatchUnit(memory);
        _patched = new PatchedBreakpoints(memory);
        _watch = new WatchpointUnit(memory);
    }

    /// <summary>How many there can be, for a person.</summary>
    public string Capacity =>
        string.Create(CultureInfo.InvariantCulture, $"{_hardware.Capacity} hardware breakpoints, {_watch.Capacity} watchpoints");

    /// <summary>Sets what a Z packet asks for.</summary>
    /// <param name="type">0 and 1 breakpoints, 2 write, 3 read, 4 access watchpoints.</param>
    /// <param name="address">Where.</param>
    /// <param name="length">Length of a watched range.</param>
    /// <returns>Why not, in words; null when it is set.</returns>
    public string? Set(int type, uint address, uint length)
    {
        if (type >= 2)
        {
            return SetWatchpoint(KindOf(type), address, length);
        }

        if (type == 0 && _target.IsRam(address, 2))
        {
            _patched.Set(address);
            return null;
        }

        if (!_hardware.Reaches(address))
        {
            return $"This core's hardware breakpoints do not reach 0x{address:X8}; use a software breakpoint (break) there.";
        }

        return _hardware.TrySet(address) ? null : $"All {_hardware.Capacity} hardware breakpoints of the core are in use. Delete one.";
    }

    /// <summary>Takes away what a z packet names; does nothing when it is not there.</summary>
    public void Remove(int type, uint address, uint length)
    {
        if (type >= 2)
        {
            _watch.Remove(new Watchpoint(address, length, KindOf(type)));
            return;
        }

        _patched.Remove(address);
        _hardware.Remove(address);
    }

    /// <summary>The address where the core stops before it executes it, and by which means; null when there is no breakpoint.</summary>
    public string? KindAt(uint address) => _patched.Contains(address) ? "swbreak" : _hardware.Contains(address) ? "hwbreak" : null;

    /// <summary>The watchpoint that matched since the last look.</summary>
    public Watchpoint? TakeMatch() => _watch.TakeMatch();

    /// <summary>Sets a breakpoint of the stub's own at an address that has none.</summary>
    /// <returns>False when there is one already, or none can be set there.</returns>
    public bool TrySetOwn(uint address) => KindAt(address) is null && _hardware.Reaches(address) && _hardware.TrySet(address);

    /// <summary>Takes the stub's own breakpoint away.</summary>
    public void RemoveOwn(uint address) => _hardware.Remove(address);

    /// <summary>Shows original instructions in what was read.</summary>
    public void Hide(uint address, Span<byte> copy) => _patched.Hide(address, copy);

    /// <summary>Memory was written, perhaps over patched instructions.</summary>
    public void Overwritten(uint address, int length) => _patched.Overwritten(address, length);

    /// <summary>Lets no comparator match until <see cref="Restore"/>.</summary>
    public void Suspend()
    {
        _hardware.Suspend();
        _watch.Suspend();
    }

    /// <summary>Sets all comparators again.</summary>
    public void Restore()
    {
        _hardware.Restore();
        _watch.Restore();
    }

    /// <summary>Takes everything away.</summary>
    public void Clear()
    {
        _patched.Clear();
        _hardware.Clear();
        _watch.Clear();
    }

    private static WatchKind KindOf(int type) => type switch { 2 => WatchKind.Write, 3 => WatchKind.Read, _ => WatchKind.Access };

    private string? SetWatchpoint(WatchKind kind, uint address, uint length)
    {
        if (!WatchpointUnit.CanWatch(address, length))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{length} bytes at 0x{address:X8} cannot be watched: a comparator covers 1, 2, 4, 8 … 32768 bytes at a multiple of that length.");
        }

        return _watch.TrySet(new Watchpoint(address, length, kind)) ? null : $"All {_watch.Capacity} watchpoints of the core are in use. Delete one.";
    }
}
