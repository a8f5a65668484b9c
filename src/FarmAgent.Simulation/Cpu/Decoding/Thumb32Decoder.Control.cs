namespace FarmAgent.Simulation.Cpu.Decoding;

/// <summary>Branches and system control (section A5.3.4).</summary>
internal static partial class Thumb32Decoder
{
    private static Instruction BranchOrControl(uint first, uint second)
    {
        var sign = (first >> 10) & 1;
        var j1 = (second >> 13) & 1;
        var j2 = (second >> 11) & 1;
        if ((second & 0x1000) != 0)
        {
            var i1 = ~(j1 ^ sign) & 1;
            var i2 = ~(j2 ^ sign) & 1;
            var offset = (sign << 24) | (i1 << 23) | (i2 << 22) | ((first & 0x3FF) << 12) | ((second & 0x7FF) << 1);
            return new() { Operation = (second & 0x4000) != 0 ? Operation.BranchLink : Operation.Branch, Immediate = SignExtend(offset, 25) };
        }

        // BLX with an immediate would leave Thumb state; this profile has no other.
        if ((second & 0x4000) != 0)
        {
            return Undefined;
        }

        var condition = (first >> 6) & 15;
        if (condition < 14)
        {
            var offset = (sign << 20) | (j2 << 19) | (j1 << 18) | ((first & 0x3F) << 12) | ((second & 0x7FF) << 1);
            return new() { Operation = Operation.BranchConditional, Rd = (byte)condition, Immediate = SignExtend(offset, 21) };
        }

        return Control(first, second);
    }

    private static Instruction Control(uint first, uint second) => ((first >> 4) & 0x7F) switch
    {
        0x38 or 0x39 => new() { Operation = Operation.MoveToSpecial, Rn = Low4(first, 0), Immediate = second & 0xFF, Ra = (byte)((second >> 10) & 3), Cycles = 2 },
        0x3A when (second & 0x0700) == 0 => Thumb16Decoder.Hint((second & 0xFF) > 15 ? 0 : second & 15),
        0x3B => ((second >> 4) & 15) switch
        {
            2 => new() { Operation = Operation.ClearExclusive },
            4 or 5 or 6 => new() { Operation = Operation.Barrier },
            _ => Undefined,
        },
        0x3E or 0x3F => new() { Operation = Operation.MoveFromSpecial, Rd = Low4(second, 8), Immediate = second & 0xFF, Cycles = 2 },
        _ => Undefined,
    };
}
