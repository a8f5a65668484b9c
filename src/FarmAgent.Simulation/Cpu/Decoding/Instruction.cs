namespace FarmAgent.Simulation.Cpu.Decoding;

/// <summary>One decoded instruction, 16 bytes, so that a cache of them is a plain array.</summary>
internal struct Instruction
{
    /// <summary>What to do.</summary>
    public Operation Operation;

    /// <summary>Bytes of the encoding: 2 or 4.</summary>
    public byte Size;

    /// <summary>Destination, or the condition of a branch.</summary>
    public byte Rd;

    /// <summary>First operand or base.</summary>
    public byte Rn;

    /// <summary>Second operand or index.</summary>
    public byte Rm;

    /// <summary>Third operand; for other operations as <see cref="Decoding.Operation"/> says.</summary>
    public byte Ra;

    /// <summary>Kind of shift in bits 7:5, amount 0 to 31 in bits 4:0 (0 means 32 for LSR and ASR); for other operations as <see cref="Decoding.Operation"/> says.</summary>
    public byte Shift;

    /// <summary>Whether the flags change.</summary>
    public FlagUpdate Flags;

    /// <summary>Immediate operand, offset or register list.</summary>
    public uint Immediate;

    /// <summary>Cycles without waiting, refilling the pipeline or data-dependent parts (Cortex-M3 TRM section 3.3).</summary>
    public byte Cycles;

    /// <summary>The expanded immediate was rotated: its bit 31 is the carry out (ThumbExpandImm_C).</summary>
    public bool ImmediateSetsCarry;

    /// <summary>Makes the byte for <see cref="Shift"/>.</summary>
    public static byte PackShift(ShiftKind kind, uint amount) => (byte)(((uint)kind << 5) | (amount & 31));

    /// <summary>Makes the byte for <see cref="Shift"/> from the type and imm5 of an encoding; ROR #0 is RRX.</summary>
    public static byte DecodeShift(uint type, uint amount) =>
        type == 3 && amount == 0 ? PackShift(ShiftKind.RotateRightExtended, 1) : PackShift((ShiftKind)type, amount);
}
