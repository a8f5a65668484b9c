using System.Numerics;

namespace FarmAgent.Simulation.Cpu.Decoding;

/// <summary>Data processing with modified immediates and shifted registers (sections A5.3.1 and A5.3.11).</summary>
internal static partial class Thumb32Decoder
{
    private static Instruction ModifiedImmediate(uint first, uint second)
    {
        var encoded = ((first & 0x0400) << 1) | ((second >> 4) & 0x0700) | (second & 0xFF);
        var instruction = Processing(first, second, immediate: true);
        instruction.Immediate = Expand(encoded, out instruction.ImmediateSetsCarry);
        if (instruction.Rd == StackPointer)
        {
            // ADD or SUB; bits 1:0 of SP are always 0 (section B1.4.1).
            instruction.Immediate &= ~3u;
        }

        return instruction;
    }

    private static Instruction ShiftedRegister(uint first, uint second)
    {
        var instruction = Processing(first, second, immediate: false);
        instruction.Rm = Low4(second, 0);
        instruction.Shift = Instruction.DecodeShift((second >> 4) & 3, ((second >> 10) & 0x1C) | ((second >> 6) & 3));
        return instruction;
    }

    private static Instruction Processing(uint first, uint second, bool immediate)
    {
        var rn = Low4(first, 0);
        var rd = Low4(second, 8);
        var setsFlags = (first & 0x10) != 0;
        // With Rd = PC and flags set, four of them only compare; with Rn = PC, two of them only move.
        var compares = rd == ProgramCounter && setsFlags;
        var moves = rn == ProgramCounter;
        var operation = ((first >> 5) & 15) switch
        {
            0 => compares ? Operation.TstImmediate : Operation.AndImmediate,
            1 => Operation.BicImmediate,
            2 => moves ? Operation.MovImmediate : Operation.OrrImmediate,
            3 => moves ? Operation.MvnImmediate : Operation.OrnImmediate,
            4 => compares ? Operation.TeqImmediate : Operation.EorImmediate,
            8 => compares ? Operation.CmnImmediate : Operation.AddImmediate,
            10 => Operation.AdcImmediate,
            11 => Operation.SbcImmediate,
            13 => compares ? Operation.CmpImmediate : Operation.SubImmediate,
            14 => Operation.RsbImmediate,
            _ => Operation.Undefined,
        };
        if (operation != Operation.Undefined && !immediate)
        {
            // Each register form directly follows its immediate form.
            operation++;
        }

        return new() { Operation = operation, Rd = rd, Rn = rn, Flags = setsFlags ? FlagUpdate.Always : FlagUpdate.Never };
    }

    /// <summary>ThumbExpandImm_C (section A5.3.2).</summary>
    private static uint Expand(uint encoded, out bool setsCarry)
    {
        var value = encoded & 0xFF;
        setsCarry = false;
        if ((encoded & 0x0C00) == 0)
        {
            return ((encoded >> 8) & 3) switch
            {
                0 => value,
                1 => value * 0x0001_0001,
                2 => value * 0x0100_0100,
                _ => value * 0x0101_0101,
            };
        }

        setsCarry = true;
        return BitOperations.RotateRight(0x80 | (encoded & 0x7F), (int)(encoded >> 7));
    }

    private static Instruction PlainImmediate(uint first, uint second)
    {
        var rn = Low4(first, 0);
        var rd = Low4(second, 8);
        var immediate = ((first & 0x0400) << 1) | ((second >> 4) & 0x0700) | (second & 0xFF);
        var low = (byte)(((second >> 10) & 0x1C) | ((second >> 6) & 3));
        var width = second & 31;
        switch ((first >> 4) & 31)
        {
            case 0 when rn == ProgramCounter:
                return new() { Operation = Operation.Adr, Rd = rd, Immediate = immediate };
            case 0:
                return new() { Operation = Operation.AddImmediate, Rd = rd, Rn = rn, Immediate = rd == StackPointer ? immediate & ~3u : immediate };
            case 10 when rn == ProgramCounter:
                return new() { Operation = Operation.Adr, Rd = rd, Immediate = 0u - immediate };
            case 10:
                return new() { Operation = Operation.SubImmediate, Rd = rd, Rn = rn, Immediate = rd == StackPointer ? immediate & ~3u : immediate };
            case 4:
                return new() { Operation = Operation.MovImmediate, Rd = rd, Immediate = immediate | ((uint)rn << 12) };
            case 12:
                return new() { Operation = Operation.MoveTop, Rd = rd, Immediate = immediate | ((uint)rn << 12) };
            case 16 or 18 or 24 or 26:
                // The shift of a saturation is LSL or ASR; ASR #0 would be a SIMD instruction, which this core lacks.
                var arithmetic = (first & 0x20) != 0;
                return arithmetic && low == 0
                    ? Undefined
                    : new()
                    {
                        Operation = (first & 0x80) != 0 ? Operation.SaturateUnsigned : Operation.SaturateSigned,
                        Rd = rd,
                        Rn = rn,
                        Immediate = width,
                        Shift = Instruction.PackShift(arithmetic ? ShiftKind.ArithmeticRight : ShiftKind.LogicalLeft, low),
                    };
            case 20:
                return new() { Operation = Operation.BitFieldExtractSigned, Rd = rd, Rn = rn, Ra = low, Immediate = width + 1 };
            case 28:
                return new() { Operation = Operation.BitFieldExtractUnsigned, Rd = rd, Rn = rn, Ra = low, Immediate = width + 1 };
            case 22 when width >= low:
                var mask = (uint)(((1ul << (int)(width - low + 1)) - 1) << low);
                return new() { Operation = rn == ProgramCounter ? Operation.BitFieldClear : Operation.BitFieldInsert, Rd = rd, Rn = rn, Ra = low, Immediate = mask };
            default:
                return Undefined;
        }
    }
}
