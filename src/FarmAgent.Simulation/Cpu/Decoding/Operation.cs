namespace FarmAgent.Simulation.Cpu.Decoding;

/// <summary>
/// What a decoded instruction does. Several encodings of the manual (ARM DDI 0403, chapter A7) share one operation; the fields of
/// <see cref="Instruction"/> say the rest.
/// </summary>
internal enum Operation : byte
{
    /// <summary>Not decoded yet; the zero of a fresh cache.</summary>
    Undecoded,

    /// <summary>Permanently undefined or not in ARMv7-M without extensions.</summary>
    Undefined,

    /// <summary>A coprocessor instruction: no coprocessor is there.</summary>
    NoCoprocessor,

    /// <summary>A breakpoint or PC match of the debug units sits on this address.</summary>
    DebugMatch,

    // Data processing: Rd = Rn op (Immediate, or Rm shifted by Shift).
    AndImmediate,
    AndRegister,
    BicImmediate,
    BicRegister,
    OrrImmediate,
    OrrRegister,
    OrnImmediate,
    OrnRegister,
    EorImmediate,
    EorRegister,
    MovImmediate,
    MovRegister,
    MvnImmediate,
    MvnRegister,
    TstImmediate,
    TstRegister,
    TeqImmediate,
    TeqRegister,
    AddImmediate,
    AddRegister,
    AdcImmediate,
    AdcRegister,
    SubImmediate,
    SubRegister,
    SbcImmediate,
    SbcRegister,
    RsbImmediate,
    RsbRegister,
    CmpImmediate,
    CmpRegister,
    CmnImmediate,
    CmnRegister,

    /// <summary>Rd = Rn shifted by the low byte of Rm; the kind is in Shift.</summary>
    ShiftByRegister,

    /// <summary>ADD or MOV of the 16-bit set that may write the PC (a plain branch) and never sets flags.</summary>
    AddHigh,
    MovHigh,

    /// <summary>Rd = Align(PC, 4) + Immediate.</summary>
    Adr,
    MoveTop,

    // Multiply and divide.
    Multiply,
    MultiplyAdd,
    MultiplySubtract,
    MultiplyLong,
    MultiplyAddLong,
    MultiplyLongSigned,
    MultiplyAddLongSigned,
    DivideSigned,
    DivideUnsigned,

    // Bit fields, saturation, extension; Ra is the lowest bit, Immediate a width or mask.
    BitFieldInsert,
    BitFieldClear,
    BitFieldExtractSigned,
    BitFieldExtractUnsigned,
    SaturateSigned,
    SaturateUnsigned,
    ExtendSignedByte,
    ExtendSignedHalf,
    ExtendByte,
    ExtendHalf,
    CountLeadingZeros,
    ReverseBits,
    ReverseBytes,
    ReverseBytesInHalves,
    ReverseBytesSigned,

    // Loads and stores: Rn + Immediate, or Rn + (Rm << Shift).
    LoadWordImmediate,
    LoadByteImmediate,
    LoadHalfImmediate,
    LoadSignedByteImmediate,
    LoadSignedHalfImmediate,
    StoreWordImmediate,
    StoreByteImmediate,
    StoreHalfImmediate,
    LoadWordRegister,
    LoadByteRegister,
    LoadHalfRegister,
    LoadSignedByteRegister,
    LoadSignedHalfRegister,
    StoreWordRegister,
    StoreByteRegister,
    StoreHalfRegister,

    /// <summary>Rd = word at Align(PC, 4) + Immediate.</summary>
    LoadWordLiteral,

    /// <summary>Any load relative to the PC of another width; Ra is a <see cref="TransferKind"/>.</summary>
    LoadLiteral,

    /// <summary>A load or store with write-back or without privilege; Ra is a <see cref="TransferKind"/>, Shift an <see cref="IndexMode"/>.</summary>
    TransferIndexed,

    /// <summary>Registers in Immediate; Shift is an <see cref="IndexMode"/>.</summary>
    LoadMultiple,
    StoreMultiple,
    LoadDual,
    StoreDual,
    LoadExclusive,
    StoreExclusive,
    ClearExclusive,

    // Control flow; Immediate is the distance from the PC (address of the instruction + 4).
    Branch,
    BranchConditional,
    BranchLink,
    BranchExchange,
    BranchLinkExchange,
    CompareBranchZero,
    CompareBranchNonZero,
    TableBranchByte,
    TableBranchHalf,
    IfThen,

    // System.
    NoOperation,
    WaitForInterrupt,
    WaitForEvent,
    SendEvent,
    Barrier,
    ChangeState,
    MoveFromSpecial,
    MoveToSpecial,
    SupervisorCall,
    Breakpoint,
}

/// <summary>Width and extension of one load or store.</summary>
internal enum TransferKind : byte
{
    StoreWord,
    StoreHalf,
    StoreByte,
    LoadSignedByte,
    LoadWord,
    LoadHalf,
    LoadByte,
    LoadSignedHalf,
}

/// <summary>How an address is made and whether the base register is written back.</summary>
[Flags]
internal enum IndexMode : byte
{
    /// <summary>Ascending or base plus offset, no write-back.</summary>
    None = 0,

    /// <summary>The base register is written back.</summary>
    WriteBack = 1,

    /// <summary>Post-indexed (the access uses the base itself); for several registers: descending.</summary>
    PostOrDescending = 2,

    /// <summary>Access without privilege (LDRT, STRT).</summary>
    Unprivileged = 4,
}

/// <summary>Kinds of shift (ARM DDI 0403, section A7.4.2), stored in the upper three bits of <see cref="Instruction.Shift"/>.</summary>
internal enum ShiftKind : byte
{
    LogicalLeft,
    LogicalRight,
    ArithmeticRight,
    RotateRight,
    RotateRightExtended,
}

/// <summary>Whether an instruction sets the flags.</summary>
internal enum FlagUpdate : byte
{
    Never,
    Always,

    /// <summary>16-bit data processing: only outside an IT block.</summary>
    OutsideIfThen,
}
