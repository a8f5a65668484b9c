using FarmAgent.Simulation.Proof.Cases;
using FarmAgent.Simulation.Proof.Encodings;

namespace FarmAgent.Simulation.Proof.Comparing;

/// <summary>Every encoding with every state of the flags in every position of an IT block.</summary>
internal static class DirectedProof
{
    /// <summary>Runs it.</summary>
    /// <param name="comparison">The two machines.</param>
    /// <param name="random">Chooses fields and operands.</param>
    /// <param name="flagStates">How many of the 32 states of N, Z, C, V and Q, drawn at random unless all.</param>
    /// <param name="operandSets">Cases for each encoding, state and position.</param>
    /// <returns>Cases run for each encoding.</returns>
    public static IReadOnlyDictionary<Encoding, int> Run(Comparison comparison, Random random, int flagStates, int operandSets)
    {
        var generator = new CaseGenerator(random);
        var counts = EncodingTable.All.ToDictionary(encoding => encoding, _ => 0);
        var batch = new CaseBatch();
        foreach (var encoding in EncodingTable.All)
        {
            for (var index = 0; index < flagStates * CaseGenerator.Positions * operandSets; index++)
            {
                var flags = (flagStates == 32 ? (uint)index % 32 : (uint)random.Next(32)) << 27;
                if (generator.Make(batch, encoding, flags, index / flagStates % CaseGenerator.Positions) is not { } test)
                {
                    continue;
                }

                batch.Add(test);
                counts[encoding]++;
                if (batch.IsFull)
                {
                    comparison.Run(batch);
                    batch = new CaseBatch();
                }
            }
        }

        comparison.Run(batch);
        return counts;
    }
}
