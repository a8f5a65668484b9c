using System.Buffers.Binary;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Cpu;

/// <summary>
/// Memory accesses. The last memory used in each eighth of the address space is kept as a window, where an aligned access needs no call; a
/// gated memory, a peripheral or a watchpoint closes the window and takes the slow way.
/// </summary>
internal sealed partial class CortexM3Cpu
{
    private const uint PrivateBusStart = 0xE000_0000;
    private const uint PrivateBusSize = 0x0010_0000;
    private readonly BusMapping[] _windows = new BusMapping[8];
    private bool _exclusive;
    private uint _exclusiveAddress;
    private bool _aborted;

    private void DropWindows()
    {
        Array.Fill(_windows, BusMapping.Nothing);
        _codeSize = 0;
    }

    private bool Load32(uint address, out uint value)
    {
        var window = _windows[address >> 29];
        var offset = address - window.Start;
        if (offset < window.Size && (address & 3) == 0)
        {
            value = BinaryPrimitives.ReadUInt32LittleEndian(window.Memory!.Bytes.AsSpan((int)offset));
            return true;
        }

        return LoadSlow(address, 4, out value);
    }

    private bool Load16(uint address, out uint value)
    {
        var window = _windows[address >> 29];
        var offset = address - window.Start;
        if (offset < window.Size && (address & 1) == 0)
        {
            value = BinaryPrimitives.ReadUInt16LittleEndian(window.Memory!.Bytes.AsSpan((int)offset));
            return true;
        }

        return LoadSlow(address, 2, out value);
    }

    private bool Load8(uint address, out uint value)
    {
        var window = _windows[address >> 29];
        var offset = address - window.Start;
        if (offset < window.Size)
        {
            value = window.Memory!.Bytes[offset];
            return true;
        }

        return LoadSlow(address, 1, out value);
    }

    private bool Store32(uint address, uint value)
    {
        var window = _windows[address >> 29];
        var offset = address - window.Start;
        if (offset < window.Size && (address & 3) == 0 && window.Memory!.WriteHandler is null)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(window.Memory.Bytes.AsSpan((int)offset), value);
            window.Memory.DecodedCode?.Invalidate(offset, 4);
            return true;
        }

        return StoreSlow(address, 4, value);
    }

    private bool Store16(uint address, uint value)
    {
        var window = _windows[address >> 29];
        var offset = address - window.Start;
        if (offset < window.Size && (address & 1) == 0 && window.Memory!.WriteHandler is null)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(window.Memory.Bytes.AsSpan((int)offset), (ushort)value);
            window.Memory.DecodedCode?.Invalidate(offset, 2);
            return true;
        }

        return StoreSlow(address, 2, value & 0xFFFF);
    }

    private bool Store8(uint address, uint value)
    {
        var window = _windows[address >> 29];
        var offset = address - window.Start;
        if (offset < window.Size && window.Memory!.WriteHandler is null)
        {
            window.Memory.Bytes[offset] = (byte)value;
            window.Memory.DecodedCode?.Invalidate(offset, 1);
            return true;
        }

        return StoreSlow(address, 1, value & 0xFF);
    }

    private bool LoadSlow(uint address, int width, out uint value)
    {
        if ((address & (uint)(width - 1)) != 0)
        {
            return LoadUnaligned(address, width, out value);
        }

        OpenWindow(address);
        if (!IsPrivileged && IsPrivateBus(address))
        {
            value = 0;
            return DataBusFault(address);
        }

        var response = _bus.Read(address, width, BusMaster.Core, out value);
        if (TakeStall())
        {
            return false;
        }

        if (response == BusResponse.Error)
        {
            return DataBusFault(address);
        }

        _watchpoints.NoteAccess(address, width, value, write: false);
        return true;
    }

    private bool StoreSlow(uint address, int width, uint value)
    {
        if ((address & (uint)(width - 1)) != 0)
        {
            return StoreUnaligned(address, width, value);
        }

        OpenWindow(address);
        if (!IsPrivileged && IsPrivateBus(address) && !IsSoftwareTrigger(address))
        {
            return DataBusFault(address);
        }

        var response = _bus.Write(address, width, value, BusMaster.Core);
        if (TakeStall())
        {
            return false;
        }

        if (response == BusResponse.Error)
        {
            return DataBusFault(address);
        }

        _watchpoints.NoteAccess(address, width, value, write: true);
        return true;
    }

    private bool LoadUnaligned(uint address, int width, out uint value)
    {
        value = 0;
        if (!MayBeUnaligned(address))
        {
            return false;
        }

        for (var index = 0; index < width; index++)
        {
            if (!Load8(address + (uint)index, out var part))
            {
                // BFAR has the address that the instruction asked for, even if a later part failed (PM0056 section 4.4.14).
                _faults.BusFaultAddress = address;
                return false;
            }

            value |= part << (8 * index);
        }

        _cycles++;
        return true;
    }

    private bool StoreUnaligned(uint address, int width, uint value)
    {
        if (!MayBeUnaligned(address))
        {
            return false;
        }

        for (var index = 0; index < width; index++)
        {
            if (!Store8(address + (uint)index, (value >> (8 * index)) & 0xFF))
            {
                _faults.BusFaultAddress = address;
                return false;
            }
        }

        _cycles++;
        return true;
    }

    /// <summary>Device memory cannot be accessed unaligned, other memory unless the trap is set.</summary>
    private bool MayBeUnaligned(uint address)
    {
        if (_control.IsConfigured(SystemControl.UnalignedTrap) || address is >= 0x4000_0000 and < 0x6000_0000 or >= 0xA000_0000)
        {
            return UsageFault(FaultCause.Unaligned);
        }

        return true;
    }

    /// <summary>Remembers the memory at an address unless something must see every access to it.</summary>
    private void OpenWindow(uint address)
    {
        if (_watchpoints.WatchesData || _bus.Find(address) is not { Memory: { } memory } mapping)
        {
            return;
        }

        memory.GateChanged ??= DropWindows;
        if (memory.Gate is null)
        {
            _windows[address >> 29] = mapping;
        }
    }

    private bool TakeStall()
    {
        var stall = _bus.TakeStall();
        if (stall == 0)
        {
            return false;
        }

        // The instruction starts again when the wait is over.
        _stalledUntil = _cycles + stall;
        Abort();
        return true;
    }

    private void Abort()
    {
        _aborted = true;
        _next = _pc;
        Attend();
    }

    private static bool IsPrivateBus(uint address) => address - PrivateBusStart < PrivateBusSize;

    private bool IsSoftwareTrigger(uint address) => address == 0xE000_EF00 && _control.IsConfigured(SystemControl.UserSetPending);
}
