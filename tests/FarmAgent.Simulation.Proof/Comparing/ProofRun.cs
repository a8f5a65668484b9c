using System.Globalization;
using FarmAgent.Simulation.Proof.Compiled;
using FarmAgent.Simulation.Proof.Encodings;
using FarmAgent.Simulation.Proof.Machines;

namespace FarmAgent.Simulation.Proof.Comparing;

/// <summary>The whole proof, as the command line asks for it.</summary>
internal static class ProofRun
{
    private const int OperandSets = 2;
    private const int UndefinedWords = 20_000;

    /// <summary>Runs every part and prints what it did.</summary>
    /// <param name="other">Path of the other machine.</param>
    /// <param name="count">Random instructions.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <returns>0 if nothing is unexplained and no encoding is left out.</returns>
    public static int Run(string other, long count, int seed)
    {
        Say($"seed {seed}");
        using var machine = new QemuMachine(other);
        var failed = !Program(machine, "compiled programs", CompiledPrograms.Image(rounds: 3));
        failed |= !Program(machine, "exceptions", CompiledPrograms.Exceptions());
        var comparison = new Comparison(machine);
        var random = new Random(seed);
        var counts = DirectedProof.Run(comparison, random, flagStates: 32, OperandSets);
        Say($"directed: {EncodingTable.All.Count} encodings, 32 states of the flags, positions in IT blocks: {comparison.Cases} cases");
        foreach (var encoding in counts.Where(entry => entry.Value == 0).Select(entry => entry.Key))
        {
            failed = true;
            Say($"  not covered: {encoding}");
        }

        Say($"  encodings not covered: {counts.Count(entry => entry.Value == 0)}");
        Say($"undefined space: {UndefinedProof.Run(comparison, random, everyNarrow: 1, UndefinedWords)} cases");
        Say($"random: {RandomProof.Run(comparison, random, count)} instructions in sequences");
        foreach (var (name, times) in comparison.Explained)
        {
            Say($"  explained: {name}, {times}");
        }

        foreach (var line in comparison.Report.Take(20))
        {
            Say(line);
        }

        Say($"differences without an explanation: {comparison.Unexplained}");
        return failed || comparison.Unexplained != 0 ? 1 : 0;
    }

    /// <summary>True if a program reports the same on both.</summary>
    private static bool Program(QemuMachine machine, string name, byte[] image)
    {
        var ours = new ProgramRun(image);
        ours.ToEnd();
        var theirs = machine.Run(image);
        var same = string.Equals(ours.Output.Trim(), theirs.Trim(), StringComparison.Ordinal);
        Say($"{name}: {ours.Output.Count(character => character == '\n')} results, {(same ? "the same" : $"ours\n{ours.Output}theirs\n{theirs}")}");
        return same;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);
}
