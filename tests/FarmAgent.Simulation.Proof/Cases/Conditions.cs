namespace FarmAgent.Simulation.Proof.Cases;

/// <summary>Condition codes (section A7.3) and the IT instruction that gives them to the instructions after it.</summary>
internal static class Conditions
{
    private static readonly Func<bool, bool, bool, bool, bool>[] Meanings =
    [
        (_, z, _, _) => z, (_, _, c, _) => c, (n, _, _, _) => n, (_, _, _, v) => v,
        (_, z, c, _) => c && !z, (n, _, _, v) => n == v, (n, z, _, v) => n == v && !z, (_, _, _, _) => true,
    ];

    /// <summary>True if the condition holds with these flags (APSR).</summary>
    public static bool Hold(uint condition, uint flags)
    {
        var holds = Meanings[condition >> 1]((flags >> 31) != 0, (flags & (1u << 30)) != 0, (flags & (1u << 29)) != 0, (flags & (1u << 28)) != 0);
        return (condition & 1) == 0 || condition >= 14 ? holds : !holds;
    }

    /// <summary>An IT instruction whose block has one instruction in a slot that is executed or not.</summary>
    /// <param name="random">Chooses the conditions.</param>
    /// <param name="flags">Flags at that time.</param>
    /// <param name="slot">Slot, from 0.</param>
    /// <param name="length">Length of the block.</param>
    /// <param name="executed">What becomes of the slot.</param>
    public static ushort Block(Random random, uint flags, int slot, int length, bool executed)
    {
        while (true)
        {
            var basis = (uint)random.Next(8) * 2;
            Span<uint> slots = stackalloc uint[4];
            for (var index = 0; index < length; index++)
            {
                slots[index] = basis | (basis == 14 ? 0u : (uint)random.Next(2));
            }

            if (Hold(slots[slot], flags) != executed)
            {
                continue;
            }

            var mask = 0u;
            for (var index = 1; index < length; index++)
            {
                mask = (mask << 1) | (slots[index] & 1);
            }

            mask = ((mask << 1) | 1) << (4 - length);
            return (ushort)(0xBF00 | (slots[0] << 4) | mask);
        }
    }
}
