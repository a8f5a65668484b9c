using FarmAgent.Simulation.Proof.Cases;
using FarmAgent.Simulation.Proof.Encodings;

namespace FarmAgent.Simulation.Proof.Comparing;

/// <summary>The encoding space between the encodings: every half-word and a sample of the words that the table does not have must fault.</summary>
internal static class UndefinedProof
{
    /// <summary>Runs it.</summary>
    /// <param name="comparison">The two machines.</param>
    /// <param name="random">Draws the words.</param>
    /// <param name="everyNarrow">Takes one of so many of the undefined half-words; 1 takes all.</param>
    /// <param name="words">How many undefined 32-bit instructions.</param>
    /// <returns>Cases run.</returns>
    public static int Run(Comparison comparison, Random random, int everyNarrow, int words)
    {
        var generator = new CaseGenerator(random);
        var batch = new CaseBatch();
        var alone = new CaseBatch();
        var count = 0;
        void Add(string name, params ushort[] code)
        {
            batch.Add(generator.MakeRaw(batch, name, code));
            count++;
            if (batch.IsFull)
            {
                comparison.Run(batch);
                batch = new CaseBatch();
            }
        }

        for (var half = 0u; half < 0xE800; half++)
        {
            // BX and CPS have bits that should be 0; 0xBABC is another semihosting call of the other machine.
            if (half % everyNarrow == 0 && half != 0xBABC && (half & 0xFF00) != 0x4700 && (half & 0xFFE0) != 0xB660 && EncodingTable.Find(half, wide: false) is null)
            {
                Add($"undefined {half:X4}", (ushort)half);
            }
        }

        for (var drawn = 0; drawn < words;)
        {
            var code = (uint)random.NextInt64(0xE800_0000, 0x1_0000_0000);
            if (EncodingTable.Find(code, wide: true) is not null || IsUnpredictable(code))
            {
                continue;
            }

            if (Extensions.Any(row => (code & row.Fixed) == row.Value))
            {
                alone.Add(generator.MakeRaw(alone, $"extension {code:X8}", (ushort)(code >> 16), (ushort)code));
                if (alone.IsFull)
                {
                    count += alone.Cases.Count;
                    comparison.MustBeUndefined(alone);
                    alone = new CaseBatch();
                }
            }
            else
            {
                Add($"undefined {code:X8}", (ushort)(code >> 16), (ushort)code);
                drawn++;
            }
        }

        comparison.Run(batch);
        comparison.MustBeUndefined(alone);
        return count + alone.Cases.Count;
    }

    /// <summary>
    /// Words that differ from an encoding only in bits that the manual prints as (0) or (1), and byte and half-word loads with write-back to
    /// the PC: UNPREDICTABLE (sections A5.1.1 and A5.1.2).
    /// </summary>
    private static bool IsUnpredictable(uint code) => ShouldBe.Any(row => (code & row.Fixed) == row.Value);

    private static readonly (uint Fixed, uint Value)[] ShouldBe =
    [
        // LDM and STM: list bits 13 and 15.
        (0xFFC0_0000, 0xE880_0000), (0xFFC0_0000, 0xE900_0000),
        // Exclusive accesses and table branches: registers that are not there.
        (0xFFF0_0000, 0xE850_0000), (0xFFE0_00E0, 0xE8C0_0000), (0xFFE0_00E0, 0xE8C0_0040),
        // Shifted registers: bit 15. Bit fields and saturation: bit 10 of the first, bit 5 of the second half-word.
        (0xFE00_8000, 0xEA00_8000), (0xFF00_8000, 0xF700_0000), (0xFF00_8020, 0xF300_0020),
        // MSR, hints, barriers, MRS.
        (0xFFE0_D000, 0xF380_8000), (0xFFE0_D000, 0xF3A0_8000), (0xFFE0_D000, 0xF3E0_8000),
        // Extensions: bit 6. Divisions: the third register.
        (0xFF80_F0C0, 0xFA00_F0C0), (0xFFD0_00F0, 0xFB90_00F0),
        // Loads of bytes and half-words to the PC other than hints.
        (0xFED0_F800, 0xF810_F800),
    ];

    /// <summary>
    /// The DSP extension, doubleword exclusives and reserved loads. The other machine executes some of them on a Cortex-M3 too, so it is not
    /// asked; here they are undefined (sections A5.3.3, A5.3.6 and A5.3.12 to A5.3.17: they belong to extensions that it lacks).
    /// </summary>
    private static readonly (uint Fixed, uint Value)[] Extensions =
    [
        (0xFFF0_0000, 0xEAC0_0000), (0xFF70_F0C0, 0xF320_0000), (0xFF80_F080, 0xFA00_F080), (0xFF80_F000, 0xFA80_F000),
        (0xFF80_0000, 0xFB00_0000), (0xFF80_0000, 0xFB80_0000), (0xFFE0_00F0, 0xE8C0_0070), (0xFF50_0000, 0xF950_0000), (0xFF50_0000, 0xF940_0000),
    ];
}
