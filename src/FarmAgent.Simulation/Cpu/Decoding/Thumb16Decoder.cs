namespace FarmAgent.Simulation.Cpu.Decoding;

/// <summary>Decodes 16-bit instructions (ARM DDI 0403, section A5.2).</summary>
internal static class Thumb16Decoder
{
    private const byte StackPointer = 13;

    private static readonly Operation[] RegisterTransfers =
    [
        Operation.StoreWordRegister, Operation.StoreHalfRegister, Operation.StoreByteRegister, Operation.LoadSignedByteRegister,
        Operation.LoadWordRegister, Operation.LoadHalfRegister, Operation.LoadByteRegister, Operation.LoadSignedHalfRegister,
    ];

    private static readonly Operation[] Extensions = [Operation.ExtendSignedHalf, Operation.ExtendSignedByte, Operation.ExtendHalf, Operation.ExtendByte];

    /// <summary>True if a half-word starts a 32-bit instruction.</summary>
    public static bool IsPrefix(uint half) => half >= 0xE800;

    /// <summary>Decodes one half-word that is not a prefix.</summary>
    public static Instruction Decode(uint half)
    {
        var instruction = (half >> 12) switch
        {
            0 or 1 => ShiftOrAdd(half),
            2 or 3 => Immediate8(half),
            4 when (half & 0x0800) != 0 => new() { Operation = Operation.LoadWordLiteral, Rd = Bits(half, 8), Immediate = (half & 0xFF) * 4, Cycles = 2 },
            4 when (half & 0x0400) != 0 => HighRegisters(half),
            4 => DataProcessing(half),
            5 => new() { Operation = RegisterTransfers[(half >> 9) & 7], Rd = Bits(half, 0), Rn = Bits(half, 3), Rm = Bits(half, 6), Cycles = 2 },
            6 => Transfer(half, Operation.StoreWordImmediate, Operation.LoadWordImmediate, 4),
            7 => Transfer(half, Operation.StoreByteImmediate, Operation.LoadByteImmediate, 1),
            8 => Transfer(half, Operation.StoreHalfImmediate, Operation.LoadHalfImmediate, 2),
            9 => new()
            {
                Operation = (half & 0x0800) != 0 ? Operation.LoadWordImmediate : Operation.StoreWordImmediate,
                Rd = Bits(half, 8),
                Rn = StackPointer,
                Immediate = (half & 0xFF) * 4,
                Cycles = 2,
            },
            10 when (half & 0x0800) != 0 => new() { Operation = Operation.AddImmediate, Rd = Bits(half, 8), Rn = StackPointer, Immediate = (half & 0xFF) * 4, Cycles = 1 },
            10 => new() { Operation = Operation.Adr, Rd = Bits(half, 8), Immediate = (half & 0xFF) * 4, Cycles = 1 },
            11 => Miscellaneous(half),
            12 => Multiple(half),
            13 => ConditionalBranch(half),
            _ => new() { Operation = Operation.Branch, Immediate = SignExtend((half & 0x7FF) << 1, 12), Cycles = 1 },
        };
        instruction.Size = 2;
        return instruction;
    }

    private static Instruction ShiftOrAdd(uint half)
    {
        var kind = (half >> 11) & 3;
        if (kind < 3)
        {
            return new()
            {
                Operation = Operation.MovRegister,
                Rd = Bits(half, 0),
                Rm = Bits(half, 3),
                Shift = Instruction.PackShift((ShiftKind)kind, (half >> 6) & 31),
                Flags = FlagUpdate.OutsideIfThen,
                Cycles = 1,
            };
        }

        var subtract = (half & 0x0200) != 0;
        var immediate = (half & 0x0400) != 0;
        return new()
        {
            Operation = (subtract, immediate) switch
            {
                (false, false) => Operation.AddRegister,
                (false, true) => Operation.AddImmediate,
                (true, false) => Operation.SubRegister,
                _ => Operation.SubImmediate,
            },
            Rd = Bits(half, 0),
            Rn = Bits(half, 3),
            Rm = Bits(half, 6),
            Immediate = Bits(half, 6),
            Flags = FlagUpdate.OutsideIfThen,
            Cycles = 1,
        };
    }

    private static Instruction Immediate8(uint half)
    {
        var operation = ((half >> 11) & 3) switch
        {
            0 => Operation.MovImmediate,
            1 => Operation.CmpImmediate,
            2 => Operation.AddImmediate,
            _ => Operation.SubImmediate,
        };
        return new()
        {
            Operation = operation,
            Rd = Bits(half, 8),
            Rn = Bits(half, 8),
            Immediate = half & 0xFF,
            Cycles = 1,
            Flags = operation == Operation.CmpImmediate ? FlagUpdate.Always : FlagUpdate.OutsideIfThen,
        };
    }

    private static Instruction DataProcessing(uint half)
    {
        var low = Bits(half, 0);
        var other = Bits(half, 3);
        var instruction = new Instruction { Rd = low, Rn = low, Rm = other, Flags = FlagUpdate.OutsideIfThen, Cycles = 1 };
        var opcode = (half >> 6) & 15;
        switch (opcode)
        {
            case 2 or 3 or 4 or 7:
                instruction.Operation = Operation.ShiftByRegister;
                instruction.Shift = Instruction.PackShift(opcode == 7 ? ShiftKind.RotateRight : (ShiftKind)(opcode - 2), 0);
                break;
            case 9:
                instruction.Operation = Operation.RsbImmediate;
                instruction.Rn = other;
                break;
            case 13:
                instruction.Operation = Operation.Multiply;
                break;
            default:
                instruction.Operation = opcode switch
                {
                    0 => Operation.AndRegister,
                    1 => Operation.EorRegister,
                    5 => Operation.AdcRegister,
                    6 => Operation.SbcRegister,
                    8 => Operation.TstRegister,
                    10 => Operation.CmpRegister,
                    11 => Operation.CmnRegister,
                    12 => Operation.OrrRegister,
                    14 => Operation.BicRegister,
                    _ => Operation.MvnRegister,
                };
                if (opcode is 8 or 10 or 11)
                {
                    instruction.Flags = FlagUpdate.Always;
                }

                break;
        }

        return instruction;
    }

    private static Instruction HighRegisters(uint half)
    {
        var rd = (byte)((half & 7) | ((half >> 4) & 8));
        var rm = (byte)((half >> 3) & 15);
        return ((half >> 8) & 3) switch
        {
            0 => new() { Operation = Operation.AddHigh, Rd = rd, Rn = rd, Rm = rm, Cycles = 1 },
            1 => new() { Operation = Operation.CmpRegister, Rn = rd, Rm = rm, Flags = FlagUpdate.Always, Cycles = 1 },
            2 => new() { Operation = Operation.MovHigh, Rd = rd, Rm = rm, Cycles = 1 },
            _ => new() { Operation = (half & 0x80) != 0 ? Operation.BranchLinkExchange : Operation.BranchExchange, Rm = rm, Cycles = 1 },
        };
    }

    private static Instruction Transfer(uint half, Operation store, Operation load, uint scale) => new()
    {
        Operation = (half & 0x0800) != 0 ? load : store,
        Rd = Bits(half, 0),
        Rn = Bits(half, 3),
        Immediate = ((half >> 6) & 31) * scale,
        Cycles = 2,
    };

    private static Instruction Miscellaneous(uint half)
    {
        var stackAdjust = (half & 0x7F) * 4;
        return ((half >> 8) & 15) switch
        {
            0 => new()
            {
                Operation = (half & 0x80) != 0 ? Operation.SubImmediate : Operation.AddImmediate,
                Rd = StackPointer,
                Rn = StackPointer,
                Immediate = stackAdjust,
                Cycles = 1,
            },
            1 or 3 or 9 or 11 => new()
            {
                Operation = (half & 0x0800) != 0 ? Operation.CompareBranchNonZero : Operation.CompareBranchZero,
                Rn = Bits(half, 0),
                Immediate = ((half >> 2) & 0x3E) | ((half >> 3) & 0x40),
                Cycles = 1,
            },
            2 => new() { Operation = Extensions[(half >> 6) & 3], Rd = Bits(half, 0), Rm = Bits(half, 3), Cycles = 1 },
            4 or 5 => new()
            {
                Operation = Operation.StoreMultiple,
                Rn = StackPointer,
                Immediate = (half & 0xFF) | ((half & 0x100) << 6),
                Shift = (byte)(IndexMode.WriteBack | IndexMode.PostOrDescending),
                Cycles = 1,
            },
            6 when (half & 0xE8) == 0x60 => new() { Operation = Operation.ChangeState, Immediate = half & 0x13, Cycles = 1 },
            10 => ByteReversal(half),
            12 or 13 => new()
            {
                Operation = Operation.LoadMultiple,
                Rn = StackPointer,
                Immediate = (half & 0xFF) | ((half & 0x100) << 7),
                Shift = (byte)IndexMode.WriteBack,
                Cycles = 1,
            },
            14 => new() { Operation = Operation.Breakpoint, Immediate = half & 0xFF, Cycles = 1 },
            15 when (half & 15) != 0 => new() { Operation = Operation.IfThen, Immediate = half & 0xFF, Cycles = 1 },
            15 => Hint((half >> 4) & 15),
            _ => new() { Operation = Operation.Undefined, Cycles = 1 },
        };
    }

    private static Instruction ByteReversal(uint half)
    {
        var operation = ((half >> 6) & 3) switch
        {
            0 => Operation.ReverseBytes,
            1 => Operation.ReverseBytesInHalves,
            3 => Operation.ReverseBytesSigned,
            _ => Operation.Undefined,
        };
        return new() { Operation = operation, Rd = Bits(half, 0), Rm = Bits(half, 3), Cycles = 1 };
    }

    /// <summary>NOP-compatible hints, the same in 16 and 32 bits; unallocated ones execute as NOP.</summary>
    internal static Instruction Hint(uint number) => new()
    {
        Operation = number switch
        {
            2 => Operation.WaitForEvent,
            3 => Operation.WaitForInterrupt,
            4 => Operation.SendEvent,
            _ => Operation.NoOperation,
        },
        Cycles = 1,
    };

    private static Instruction Multiple(uint half)
    {
        var rn = Bits(half, 8);
        var list = half & 0xFF;
        if ((half & 0x0800) == 0)
        {
            return new() { Operation = Operation.StoreMultiple, Rn = rn, Immediate = list, Shift = (byte)IndexMode.WriteBack, Cycles = 1 };
        }

        // A base that is loaded itself is not written back.
        var writeBack = (list & (1u << rn)) == 0 ? IndexMode.WriteBack : IndexMode.None;
        return new() { Operation = Operation.LoadMultiple, Rn = rn, Immediate = list, Shift = (byte)writeBack, Cycles = 1 };
    }

    private static Instruction ConditionalBranch(uint half) => ((half >> 8) & 15) switch
    {
        14 => new() { Operation = Operation.Undefined, Cycles = 1 },
        15 => new() { Operation = Operation.SupervisorCall, Immediate = half & 0xFF, Cycles = 1 },
        var condition => new()
        {
            Operation = Operation.BranchConditional,
            Rd = (byte)condition,
            Immediate = SignExtend((half & 0xFF) << 1, 9),
            Cycles = 1,
        },
    };

    private static byte Bits(uint half, int low) => (byte)((half >> low) & 7);

    private static uint SignExtend(uint value, int bits) => (uint)((int)(value << (32 - bits)) >> (32 - bits));
}
