using System.Numerics;
using System.Runtime.CompilerServices;
using FarmAgent.Simulation.Cpu.Decoding;

namespace FarmAgent.Simulation.Cpu;

/// <summary>Operands, flags, shifts, saturation and division (ARM DDI 0403, sections A2.2.1 and A7.4).</summary>
internal sealed partial class CortexM3Cpu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetNegativeZero(uint result)
    {
        _n = result;
        _z = result;
    }

    /// <summary>Immediate operand of a logical instruction, which also makes the carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint LogicalImmediate(in Instruction i)
    {
        if (i.ImmediateSetsCarry && i.Flags != FlagUpdate.Never)
        {
            _c = (int)i.Immediate < 0;
        }

        return i.Immediate;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint LogicalRegister(in Instruction i) => i.Shift == 0 ? _r[i.Rm] : ShiftWithCarry(in i);

    private uint ShiftWithCarry(in Instruction i)
    {
        var result = ShiftConstant(_r[i.Rm], i.Shift, out var carry);
        if (i.Flags != FlagUpdate.Never)
        {
            _c = carry;
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Shifted(in Instruction i) => i.Shift == 0 ? _r[i.Rm] : ShiftConstant(_r[i.Rm], i.Shift, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetLogical(in Instruction i, uint result)
    {
        _r[i.Rd] = result;
        if (i.Flags != FlagUpdate.Never)
        {
            SetNegativeZero(result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetSum(in Instruction i, uint left, uint right, uint carry) =>
        _r[i.Rd] = i.Flags == FlagUpdate.Never ? left + right + carry : AddWithFlags(left, right, carry);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint AddWithFlags(uint left, uint right, uint carry)
    {
        var wide = (ulong)left + right + carry;
        var result = (uint)wide;
        _c = wide > uint.MaxValue;
        _v = (int)((left ^ result) & (right ^ result)) < 0;
        SetNegativeZero(result);
        return result;
    }

    private uint ShiftConstant(uint value, byte shift, out bool carry)
    {
        var amount = shift & 31;
        switch ((ShiftKind)(shift >> 5))
        {
            case ShiftKind.LogicalLeft:
                carry = amount == 0 ? _c : ((value >> (32 - amount)) & 1) != 0;
                return value << amount;
            case ShiftKind.LogicalRight:
                carry = ((value >> ((amount - 1) & 31)) & 1) != 0;
                return amount == 0 ? 0 : value >> amount;
            case ShiftKind.ArithmeticRight:
                carry = ((value >> ((amount - 1) & 31)) & 1) != 0;
                return (uint)((int)value >> (amount == 0 ? 31 : amount));
            case ShiftKind.RotateRight:
                var rotated = BitOperations.RotateRight(value, amount);
                carry = (int)rotated < 0;
                return rotated;
            default:
                carry = (value & 1) != 0;
                return (value >> 1) | (_c ? 0x8000_0000 : 0);
        }
    }

    private void ShiftByRegister(in Instruction i)
    {
        var value = _r[i.Rn];
        var amount = (int)(_r[i.Rm] & 0xFF);
        var carry = _c;
        var result = value;
        if (amount != 0)
        {
            switch ((ShiftKind)(i.Shift >> 5))
            {
                case ShiftKind.LogicalLeft:
                    carry = amount <= 32 && ((value >> (32 - amount)) & 1) != 0;
                    result = amount < 32 ? value << amount : 0;
                    break;
                case ShiftKind.LogicalRight:
                    carry = amount <= 32 && ((value >> (amount - 1)) & 1) != 0;
                    result = amount < 32 ? value >> amount : 0;
                    break;
                case ShiftKind.ArithmeticRight:
                    carry = ((value >> (Math.Min(amount, 32) - 1)) & 1) != 0;
                    result = (uint)((int)value >> Math.Min(amount, 31));
                    break;
                default:
                    result = BitOperations.RotateRight(value, amount & 31);
                    carry = (int)result < 0;
                    break;
            }
        }

        _r[i.Rd] = result;
        if (i.Flags != FlagUpdate.Never)
        {
            _c = carry;
            SetNegativeZero(result);
        }
    }

    private void MultiplyLong(in Instruction i, bool signed, bool accumulate)
    {
        var product = signed ? (ulong)((long)(int)_r[i.Rn] * (int)_r[i.Rm]) : (ulong)_r[i.Rn] * _r[i.Rm];
        if (accumulate)
        {
            product += ((ulong)_r[i.Rd] << 32) | _r[i.Ra];
        }

        _r[i.Ra] = (uint)product;
        _r[i.Rd] = (uint)(product >> 32);
    }

    private void Divide(in Instruction i, bool signed)
    {
        var dividend = _r[i.Rn];
        var divisor = _r[i.Rm];
        if (divisor == 0)
        {
            if (_control.IsConfigured(SystemControl.DivideByZeroTrap))
            {
                UsageFault(FaultCause.DivideByZero);
                return;
            }

            _r[i.Rd] = 0;
            return;
        }

        // The most negative number divided by -1 wraps to itself.
        var quotient = signed
            ? (uint)((int)divisor == -1 ? -(long)(int)dividend : (int)dividend / (int)divisor)
            : dividend / divisor;
        _r[i.Rd] = quotient;
        // 2 to 12 cycles, by the digits of the quotient.
        _cycles += (32 - BitOperations.LeadingZeroCount(quotient)) / 4;
    }

    private void Saturate(in Instruction i, bool signed)
    {
        var value = (long)(int)ShiftConstant(_r[i.Rn], i.Shift, out _);
        var bits = (int)i.Immediate;
        var (lowest, highest) = signed ? (-(1L << bits), (1L << bits) - 1) : (0L, (1L << bits) - 1);
        var result = Math.Clamp(value, lowest, highest);
        _q |= result != value;
        _r[i.Rd] = (uint)result;
    }

    private static uint Extract(uint value, int low, int width, bool signed)
    {
        var raised = value << (32 - low - width);
        return signed ? (uint)((int)raised >> (32 - width)) : raised >> (32 - width);
    }
}
