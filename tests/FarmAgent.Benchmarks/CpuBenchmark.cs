using System.Globalization;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Benchmarks;

/// <summary>The interpreter of the virtual bench, compiled natively, on one thread: compiled programs against a bare loop over a switch.</summary>
internal static class CpuBenchmark
{
    private const string Program = "artifacts/publish/simulation-proof/FarmAgent.Simulation.Proof";

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        // The processor of the chip runs at 72 MHz; a bare switch loop may be twelve times faster than the interpreter.
        var measured = await CommandResult.RunAsync(RepositoryFiles.At(Program), ["measure"]);
        if (measured.ExitCode != 0)
        {
            throw new InvalidOperationException(measured.ToString());
        }

        var turns = measured.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Array.ConvertAll(line.Split(' '), text => double.Parse(text, CultureInfo.InvariantCulture)))
            .ToList();
        var interpreter = Median(turns.Select(turn => turn[0]));
        var bare = Median(turns.Select(turn => turn[1]));
        return
        [
            new Figure($"compiled programs on the interpreter, median of {turns.Count}", interpreter, "M/s", 72)
            {
                LargerIsBetter = true,
                Peer = "bare switch loop",
                PeerValue = bare,
            },
            new Figure($"bare switch loop by interpreter, median of {turns.Count}", Median(turns.Select(turn => turn[1] / turn[0])), "x", 12),
        ];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
