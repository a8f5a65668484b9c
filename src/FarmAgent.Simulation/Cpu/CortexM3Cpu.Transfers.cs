using System.Numerics;
using FarmAgent.Simulation.Cpu.Decoding;

namespace FarmAgent.Simulation.Cpu;

/// <summary>
/// Loads and stores of several registers, with write-back, exclusive. A register changes only when the whole access has succeeded, so that
/// a fault leaves the instruction as if it had not begun.
/// </summary>
internal sealed partial class CortexM3Cpu
{
    private bool Transfer(TransferKind kind, uint address, byte rd)
    {
        uint value;
        switch (kind)
        {
            case TransferKind.StoreWord:
                return Store32(address, _r[rd]);
            case TransferKind.StoreHalf:
                return Store16(address, _r[rd]);
            case TransferKind.StoreByte:
                return Store8(address, _r[rd]);
            case TransferKind.LoadSignedByte when Load8(address, out value):
                value = (uint)(sbyte)value;
                break;
            case TransferKind.LoadSignedHalf when Load16(address, out value):
                value = (uint)(short)value;
                break;
            case TransferKind.LoadHalf when Load16(address, out value):
            case TransferKind.LoadByte when Load8(address, out value):
            case TransferKind.LoadWord when Load32(address, out value):
                break;
            default:
                return false;
        }

        if (rd == 15)
        {
            JumpExchange(value);
        }
        else
        {
            _r[rd] = value;
        }

        return true;
    }

    private void TransferIndexed(in Instruction i)
    {
        var mode = (IndexMode)i.Shift;
        var moved = _r[i.Rn] + i.Immediate;
        var address = (mode & IndexMode.PostOrDescending) != 0 ? _r[i.Rn] : moved;
        if ((mode & IndexMode.Unprivileged) != 0)
        {
            var unprivileged = _unprivileged;
            var exception = _ipsr;
            (_unprivileged, _ipsr) = (true, 0);
            Transfer((TransferKind)i.Ra, address, i.Rd);
            (_unprivileged, _ipsr) = (unprivileged, exception);
            return;
        }

        if (i.Rd == 15)
        {
            // The base moves first: the jump may switch stacks.
            if (!Load32(address, out var target))
            {
                return;
            }

            WriteBase(i.Rn, moved);
            JumpExchange(target);
            return;
        }

        if (Transfer((TransferKind)i.Ra, address, i.Rd))
        {
            WriteBase(i.Rn, moved);
        }
    }

    /// <summary>Write-back: bits 1:0 of SP are always 0 (section B1.4.1).</summary>
    private void WriteBase(byte rn, uint value) => _r[rn] = rn == Sp ? value & ~3u : value;

    private void LoadMultiple(Instruction i)
    {
        var mode = (IndexMode)i.Shift;
        var size = (uint)BitOperations.PopCount(i.Immediate) * 4;
        var start = (mode & IndexMode.PostOrDescending) != 0 ? _r[i.Rn] - size : _r[i.Rn];
        if ((start & 3) != 0)
        {
            UsageFault(FaultCause.Unaligned);
            return;
        }

        Span<uint> values = stackalloc uint[16];
        var address = start;
        for (var list = i.Immediate; list != 0; list &= list - 1)
        {
            if (!Load32(address, out values[BitOperations.TrailingZeroCount(list)]))
            {
                return;
            }

            address += 4;
        }

        _cycles += size / 4;
        if ((mode & IndexMode.WriteBack) != 0)
        {
            _r[i.Rn] = (mode & IndexMode.PostOrDescending) != 0 ? start : start + size;
        }

        for (var list = i.Immediate & 0x7FFF; list != 0; list &= list - 1)
        {
            var register = BitOperations.TrailingZeroCount(list);
            _r[register] = values[register];
        }

        if ((i.Immediate & 0x8000) != 0)
        {
            JumpExchange(values[15]);
        }
    }

    private void StoreMultiple(Instruction i)
    {
        var mode = (IndexMode)i.Shift;
        var size = (uint)BitOperations.PopCount(i.Immediate) * 4;
        var start = (mode & IndexMode.PostOrDescending) != 0 ? _r[i.Rn] - size : _r[i.Rn];
        if ((start & 3) != 0)
        {
            UsageFault(FaultCause.Unaligned);
            return;
        }

        var address = start;
        for (var list = i.Immediate; list != 0; list &= list - 1)
        {
            if (!Store32(address, _r[BitOperations.TrailingZeroCount(list)]))
            {
                return;
            }

            address += 4;
        }

        _cycles += size / 4;
        if ((mode & IndexMode.WriteBack) != 0)
        {
            _r[i.Rn] = (mode & IndexMode.PostOrDescending) != 0 ? start : start + size;
        }
    }

    private bool TryDualAddress(in Instruction i, out uint address, out uint moved)
    {
        var mode = (IndexMode)i.Shift;
        var start = i.Rn == 15 ? _r[15] & ~3u : _r[i.Rn];
        moved = start + i.Immediate;
        address = (mode & IndexMode.PostOrDescending) != 0 ? start : moved;
        return (address & 3) == 0 || UsageFault(FaultCause.Unaligned);
    }

    private void LoadDual(in Instruction i)
    {
        if (!TryDualAddress(in i, out var address, out var moved) || !Load32(address, out var low) || !Load32(address + 4, out var high))
        {
            return;
        }

        if (((IndexMode)i.Shift & IndexMode.WriteBack) != 0)
        {
            _r[i.Rn] = moved;
        }

        _r[i.Rd] = low;
        _r[i.Ra] = high;
    }

    private void StoreDual(in Instruction i)
    {
        if (TryDualAddress(in i, out var address, out var moved) && Store32(address, _r[i.Rd]) && Store32(address + 4, _r[i.Ra])
            && ((IndexMode)i.Shift & IndexMode.WriteBack) != 0)
        {
            _r[i.Rn] = moved;
        }
    }

    private void LoadExclusive(in Instruction i)
    {
        var address = _r[i.Rn] + i.Immediate;
        if ((address & (uint)(i.Rm - 1)) != 0)
        {
            UsageFault(FaultCause.Unaligned);
            return;
        }

        if (Transfer(i.Rm switch { 1 => TransferKind.LoadByte, 2 => TransferKind.LoadHalf, _ => TransferKind.LoadWord }, address, i.Rd))
        {
            _exclusive = true;
            _exclusiveAddress = address;
        }
    }

    private void StoreExclusive(in Instruction i)
    {
        var address = _r[i.Rn] + i.Immediate;
        if ((address & (uint)(i.Rm - 1)) != 0)
        {
            UsageFault(FaultCause.Unaligned);
            return;
        }

        var mine = _exclusive && _exclusiveAddress == address;
        if (mine && !Transfer(i.Rm switch { 1 => TransferKind.StoreByte, 2 => TransferKind.StoreHalf, _ => TransferKind.StoreWord }, address, i.Rd))
        {
            return;
        }

        _exclusive = false;
        _r[i.Ra] = mine ? 0u : 1u;
    }

    private void TableBranch(in Instruction i, bool half)
    {
        var found = half ? Load16(_r[i.Rn] + (_r[i.Rm] << 1), out var distance) : Load8(_r[i.Rn] + _r[i.Rm], out distance);
        if (found)
        {
            Jump(_r[15] + (distance * 2));
        }
    }
}
