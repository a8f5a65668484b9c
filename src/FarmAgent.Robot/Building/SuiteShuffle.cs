using System.Globalization;
using FarmAgent.Robot.Settings;

namespace FarmAgent.Robot.Building;

/// <summary>Puts suites and tests into a random order that a seed repeats, here and in the original.</summary>
internal static class SuiteShuffle
{
    public static void Apply(Suite suite, RunSettings settings)
    {
        if (!settings.RandomizeSuites && !settings.RandomizeTests)
        {
            return;
        }

        var seed = settings.RandomSeed ?? Random.Shared.Next();
        Shuffle(suite, settings, new MersenneTwister(seed));
        var what = settings is { RandomizeSuites: true, RandomizeTests: true } ? "Suites and tests" : settings.RandomizeSuites ? "Suites" : "Tests";
        suite.SetMetadata("Randomized", string.Create(CultureInfo.InvariantCulture, $"{what} (seed {seed})"));
    }

    private static void Shuffle(Suite suite, RunSettings settings, MersenneTwister random)
    {
        if (settings.RandomizeSuites)
        {
            random.Shuffle(suite.Suites);
        }

        if (settings.RandomizeTests)
        {
            random.Shuffle(suite.Tests);
        }

        suite.Suites.ForEach(child => Shuffle(child, settings, random));
    }
}
