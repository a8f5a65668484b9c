namespace FarmAgent.Simulation.Cpu.Decoding;

/// <summary>Loads and stores (sections A5.3.5 to A5.3.10).</summary>
internal static partial class Thumb32Decoder
{
    private static Instruction Multiple(uint first, uint second)
    {
        var rn = Low4(first, 0);
        var load = (first & 0x10) != 0;
        var writeBack = (first & 0x20) != 0;
        var mode = ((first >> 7) & 3) switch
        {
            1 => IndexMode.None,
            2 => IndexMode.PostOrDescending,
            _ => IndexMode.Unprivileged,
        };
        // Op 0 and 3 are the SRS and RFE of other profiles.
        if (mode == IndexMode.Unprivileged)
        {
            return Undefined;
        }

        if (writeBack)
        {
            mode |= IndexMode.WriteBack;
        }

        return new() { Operation = load ? Operation.LoadMultiple : Operation.StoreMultiple, Rn = rn, Immediate = second & 0xDFFF, Shift = (byte)mode };
    }

    private static Instruction DualOrExclusive(uint first, uint second)
    {
        var rn = Low4(first, 0);
        var load = (first & 0x10) != 0;
        var preIndexed = (first & 0x0100) != 0;
        var writeBack = (first & 0x20) != 0;
        var instruction = new Instruction { Rd = Low4(second, 12), Rn = rn, Ra = Low4(second, 8), Immediate = (second & 0xFF) * 4, Cycles = 3 };
        if (preIndexed || writeBack)
        {
            instruction.Operation = load ? Operation.LoadDual : Operation.StoreDual;
            instruction.Immediate = (first & 0x80) != 0 ? instruction.Immediate : 0u - instruction.Immediate;
            instruction.Shift = (byte)((writeBack ? IndexMode.WriteBack : IndexMode.None) | (preIndexed ? IndexMode.None : IndexMode.PostOrDescending));
            return instruction;
        }

        instruction.Cycles = 2;
        if ((first & 0x80) == 0)
        {
            // STREX has its status register where LDRD has the second data register.
            instruction.Operation = load ? Operation.LoadExclusive : Operation.StoreExclusive;
            instruction.Rm = 4;
            return instruction;
        }

        instruction.Immediate = 0;
        instruction.Rm = Low4(second, 0);
        instruction.Operation = (load, (second >> 4) & 15) switch
        {
            (true, 0) => Operation.TableBranchByte,
            (true, 1) => Operation.TableBranchHalf,
            (_, 4 or 5) => load ? Operation.LoadExclusive : Operation.StoreExclusive,
            _ => Operation.Undefined,
        };
        if (instruction.Operation is Operation.LoadExclusive or Operation.StoreExclusive)
        {
            instruction.Ra = Low4(second, 0);
            instruction.Rm = (byte)(((second >> 4) & 15) == 4 ? 1 : 2);
        }

        return instruction;
    }

    private static Instruction SingleTransfer(uint first, uint second)
    {
        var rn = Low4(first, 0);
        var rt = Low4(second, 12);
        var load = (first & 0x10) != 0;
        var size = (first >> 5) & 3;
        var signed = (first & 0x0100) != 0;
        if (size == 3 || (signed && (!load || size == 2)) || (!load && rn == ProgramCounter))
        {
            return Undefined;
        }

        var kind = (load, signed, size) switch
        {
            (false, _, 0) => TransferKind.StoreByte,
            (false, _, 1) => TransferKind.StoreHalf,
            (false, _, _) => TransferKind.StoreWord,
            (_, true, 0) => TransferKind.LoadSignedByte,
            (_, true, _) => TransferKind.LoadSignedHalf,
            (_, _, 0) => TransferKind.LoadByte,
            (_, _, 1) => TransferKind.LoadHalf,
            _ => TransferKind.LoadWord,
        };

        // Byte and half-word loads to the PC are hints to preload; they do nothing here.
        var instruction = SingleAddress(first, second, kind, rn, rt);
        return load && size < 2 && rt == ProgramCounter && instruction.Operation != Operation.Undefined && instruction.Operation != Operation.TransferIndexed
            ? new() { Operation = Operation.NoOperation }
            : instruction;
    }

    private static Instruction SingleAddress(uint first, uint second, TransferKind kind, byte rn, byte rt)
    {
        var instruction = new Instruction { Rd = rt, Rn = rn, Ra = (byte)kind, Cycles = 2 };
        if (rn == ProgramCounter)
        {
            instruction.Operation = kind == TransferKind.LoadWord ? Operation.LoadWordLiteral : Operation.LoadLiteral;
            instruction.Immediate = (first & 0x80) != 0 ? second & 0xFFF : 0u - (second & 0xFFF);
            return instruction;
        }

        if ((first & 0x80) != 0)
        {
            instruction.Operation = WithImmediate(kind);
            instruction.Immediate = second & 0xFFF;
            return instruction;
        }

        if ((second & 0x0FC0) == 0)
        {
            instruction.Operation = WithRegister(kind);
            instruction.Rm = Low4(second, 0);
            instruction.Shift = (byte)((second >> 4) & 3);
            return instruction;
        }

        var offset = (second & 0x0200) != 0 ? second & 0xFF : 0u - (second & 0xFF);
        var indexing = (second >> 8) & 15;
        instruction.Immediate = offset;
        switch (indexing)
        {
            case 12:
                instruction.Operation = WithImmediate(kind);
                return instruction;
            case 14:
                instruction.Operation = Operation.TransferIndexed;
                instruction.Shift = (byte)IndexMode.Unprivileged;
                return instruction;
            case 9 or 11:
                instruction.Operation = Operation.TransferIndexed;
                instruction.Shift = (byte)(IndexMode.WriteBack | IndexMode.PostOrDescending);
                return instruction;
            case 13 or 15:
                instruction.Operation = Operation.TransferIndexed;
                instruction.Shift = (byte)IndexMode.WriteBack;
                return instruction;
            default:
                return Undefined;
        }
    }

    private static Operation WithImmediate(TransferKind kind) => kind switch
    {
        TransferKind.StoreWord => Operation.StoreWordImmediate,
        TransferKind.StoreHalf => Operation.StoreHalfImmediate,
        TransferKind.StoreByte => Operation.StoreByteImmediate,
        TransferKind.LoadSignedByte => Operation.LoadSignedByteImmediate,
        TransferKind.LoadWord => Operation.LoadWordImmediate,
        TransferKind.LoadHalf => Operation.LoadHalfImmediate,
        TransferKind.LoadByte => Operation.LoadByteImmediate,
        _ => Operation.LoadSignedHalfImmediate,
    };

    private static Operation WithRegister(TransferKind kind) => kind switch
    {
        TransferKind.StoreWord => Operation.StoreWordRegister,
        TransferKind.StoreHalf => Operation.StoreHalfRegister,
        TransferKind.StoreByte => Operation.StoreByteRegister,
        TransferKind.LoadSignedByte => Operation.LoadSignedByteRegister,
        TransferKind.LoadWord => Operation.LoadWordRegister,
        TransferKind.LoadHalf => Operation.LoadHalfRegister,
        TransferKind.LoadByte => Operation.LoadByteRegister,
        _ => Operation.LoadSignedHalfRegister,
    };
}
