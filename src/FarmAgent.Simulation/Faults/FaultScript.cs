using FarmAgent.Hardware;
using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Faults;

/// <summary>Reads fault scripts: YAML with the key <c>faults</c> and the same entries under it as a bench file.</summary>
public static class FaultScript
{
    /// <summary>Reads a script as a whole.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="file">Name for messages.</param>
    /// <returns>The faults, in the order of the script.</returns>
    /// <exception cref="BenchFileException">The first mistake in it, with line and column.</exception>
    public static IReadOnlyList<BenchFault> Read(TextReader reader, string file) => [.. Read(reader, file, static (_, _) => { })];

    /// <summary>Reads a script and makes its faults: all of them, or none where it has a mistake or names a part that the bench does not have.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="file">Name for messages.</param>
    /// <param name="bench">Where they are made.</param>
    /// <returns>Their ids, in the order of the script.</returns>
    /// <exception cref="BenchFileException">The first mistake in it, with line and column.</exception>
    /// <exception cref="RequestException">The bench has too many faults already (<c>FAULT_LIMIT</c>).</exception>
    public static IReadOnlyList<string> Apply(TextReader reader, string file, VirtualBench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var faults = Read(reader, file, (fault, map) =>
        {
            try
            {
                FaultRules.Check(fault, bench);
            }
            catch (RequestException e)
            {
                throw map.Problem(map.Has("net") ? "net" : map.Has("bus") ? "bus" : "kind", e.Message);
            }
        });
        return bench.Faults.Apply(faults);
    }

    private static List<BenchFault> Read(TextReader reader, string file, Action<BenchFault, YamlMapping> check)
    {
        var root = YamlMapping.Load(reader, file);
        var faults = new List<BenchFault>();
        foreach (var entry in root.Sections("faults"))
        {
            var fault = FaultReader.Read(entry);
            check(fault, entry);
            faults.Add(fault);
        }

        root.RefuseOthers();
        return faults.Count > 0 ? faults : throw root.Problem("faults", "the script has no fault; write 'faults:' and a list under it, each with 'kind'");
    }
}
