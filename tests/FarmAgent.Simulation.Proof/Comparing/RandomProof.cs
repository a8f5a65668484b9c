using FarmAgent.Simulation.Proof.Cases;

namespace FarmAgent.Simulation.Proof.Comparing;

/// <summary>Random sequences.</summary>
internal static class RandomProof
{
    /// <summary>Runs it.</summary>
    /// <param name="comparison">The two machines.</param>
    /// <param name="random">Draws everything.</param>
    /// <param name="instructions">How many instructions to reach.</param>
    /// <returns>Instructions run.</returns>
    public static long Run(Comparison comparison, Random random, long instructions)
    {
        var generator = new SequenceGenerator(random);
        while (generator.Instructions < instructions)
        {
            var batch = new CaseBatch();
            while (!batch.IsFull && generator.Instructions < instructions)
            {
                batch.Add(generator.Make(batch));
            }

            comparison.Run(batch);
        }

        return generator.Instructions;
    }
}
