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
    public static IReadOnlyList<BenchFault> Read(TextReader reader, string file)
    {
        var root = YamlMapping.Load(reader, file);
        List<BenchFault> faults = [.. root.Sections("faults").Select(FaultReader.Read)];
        root.RefuseOthers();
        return faults.Count > 0 ? faults : throw root.Problem("faults", "the script has no fault; write 'faults:' and a list under it, each with 'kind'");
    }
}
