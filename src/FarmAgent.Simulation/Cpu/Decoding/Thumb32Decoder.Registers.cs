namespace FarmAgent.Simulation.Cpu.Decoding;

/// <summary>Register operations and multiplications (sections A5.3.12 to A5.3.17).</summary>
internal static partial class Thumb32Decoder
{
    private static Instruction RegisterProcessing(uint first, uint second)
    {
        var rd = Low4(second, 8);
        var rn = Low4(first, 0);
        var rm = Low4(second, 0);
        if ((second & 0xF000) != 0xF000)
        {
            return Undefined;
        }

        var group = (first >> 4) & 15;
        var kind = (second >> 4) & 15;
        if (kind == 0 && group < 8)
        {
            return new()
            {
                Operation = Operation.ShiftByRegister,
                Rd = rd,
                Rn = rn,
                Rm = rm,
                Shift = Instruction.PackShift((ShiftKind)(group >> 1), 0),
                Flags = (group & 1) != 0 ? FlagUpdate.Always : FlagUpdate.Never,
            };
        }

        // The extensions with addition (Rn other than PC) belong to the DSP extension.
        if ((kind & 8) != 0 && group < 8)
        {
            var operation = (rn, group) switch
            {
                (ProgramCounter, 0) => Operation.ExtendSignedHalf,
                (ProgramCounter, 1) => Operation.ExtendHalf,
                (ProgramCounter, 4) => Operation.ExtendSignedByte,
                (ProgramCounter, 5) => Operation.ExtendByte,
                _ => Operation.Undefined,
            };
            return new() { Operation = operation, Rd = rd, Rm = rm, Shift = Instruction.PackShift(ShiftKind.RotateRight, (kind & 3) * 8) };
        }

        return new()
        {
            Operation = (group, kind) switch
            {
                (9, 8) => Operation.ReverseBytes,
                (9, 9) => Operation.ReverseBytesInHalves,
                (9, 10) => Operation.ReverseBits,
                (9, 11) => Operation.ReverseBytesSigned,
                (11, 8) => Operation.CountLeadingZeros,
                _ => Operation.Undefined,
            },
            Rd = rd,
            Rm = rm,
        };
    }

    private static Instruction MultiplyOrAccumulate(uint first, uint second)
    {
        var ra = Low4(second, 12);
        var operation = ((first >> 4) & 7, (second >> 4) & 15) switch
        {
            (0, 0) => ra == ProgramCounter ? Operation.Multiply : Operation.MultiplyAdd,
            (0, 1) => Operation.MultiplySubtract,
            _ => Operation.Undefined,
        };
        return new()
        {
            Operation = operation,
            Rd = Low4(second, 8),
            Rn = Low4(first, 0),
            Rm = Low4(second, 0),
            Ra = ra,
            Cycles = (byte)(operation == Operation.Multiply ? 1 : 2),
        };
    }

    private static Instruction LongMultiply(uint first, uint second)
    {
        var (operation, cycles) = ((first >> 4) & 7, (second >> 4) & 15) switch
        {
            (0, 0) => (Operation.MultiplyLongSigned, 4),
            (1, 15) => (Operation.DivideSigned, 2),
            (2, 0) => (Operation.MultiplyLong, 4),
            (3, 15) => (Operation.DivideUnsigned, 2),
            (4, 0) => (Operation.MultiplyAddLongSigned, 5),
            (6, 0) => (Operation.MultiplyAddLong, 5),
            _ => (Operation.Undefined, 1),
        };
        // Ra is the low half of a 64-bit result, Rd the high half.
        return new()
        {
            Operation = operation,
            Rd = Low4(second, 8),
            Rn = Low4(first, 0),
            Rm = Low4(second, 0),
            Ra = Low4(second, 12),
            Cycles = (byte)cycles,
        };
    }
}
