namespace FarmAgent.Simulation.Cpu.Decoding;

/// <summary>Decodes 32-bit instructions (ARM DDI 0403, section A5.3); the aspects are in the other parts.</summary>
internal static partial class Thumb32Decoder
{
    private const byte StackPointer = 13;
    private const byte ProgramCounter = 15;

    /// <summary>Decodes a prefix and the half-word after it.</summary>
    public static Instruction Decode(uint first, uint second)
    {
        var instruction = ((first >> 11) & 3) switch
        {
            1 => (first & 0x0600) switch
            {
                0x0000 => (first & 0x0040) != 0 ? DualOrExclusive(first, second) : Multiple(first, second),
                0x0200 => ShiftedRegister(first, second),
                _ => CoprocessorSpace(first),
            },
            2 when (second & 0x8000) != 0 => BranchOrControl(first, second),
            2 when (first & 0x0200) != 0 => PlainImmediate(first, second),
            2 => ModifiedImmediate(first, second),
            _ => (first & 0x0600) switch
            {
                0x0000 => SingleTransfer(first, second),
                0x0200 when (first & 0x0100) == 0 => RegisterProcessing(first, second),
                0x0200 => (first & 0x0080) != 0 ? LongMultiply(first, second) : MultiplyOrAccumulate(first, second),
                _ => CoprocessorSpace(first),
            },
        };
        instruction.Size = 4;
        if (instruction.Cycles == 0)
        {
            instruction.Cycles = 1;
        }

        return instruction;
    }

    /// <summary>The last quarter of the coprocessor space is undefined, coprocessor or not (section A5.3.18).</summary>
    private static Instruction CoprocessorSpace(uint first) =>
        (first & 0x0300) == 0x0300 ? Undefined : new() { Operation = Operation.NoCoprocessor };

    private static Instruction Undefined => new() { Operation = Operation.Undefined };

    private static byte Low4(uint half, int low) => (byte)((half >> low) & 15);

    private static uint SignExtend(uint value, int bits) => (uint)((int)(value << (32 - bits)) >> (32 - bits));
}
