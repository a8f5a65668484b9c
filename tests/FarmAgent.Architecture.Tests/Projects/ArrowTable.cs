using FarmAgent.Architecture.Tests.Trees;

namespace FarmAgent.Architecture.Tests.Projects;

/// <summary>
/// The rooms and the only arrows between them; docs/architecture.md shows the same as a picture. Simulation stands beside Hardware.Linux, below the
/// seam: it may not know the driver that it is the counterpart of.
/// </summary>
internal static class ArrowTable
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["FarmAgent.Hardware"] = [],
        ["FarmAgent.Robot"] = [],
        ["FarmAgent.Api"] = [],
        ["LibUsbDotNet"] = [],
        ["FarmAgent.Hardware.Linux"] = ["FarmAgent.Hardware", "LibUsbDotNet"],
        ["FarmAgent.Probes"] = ["FarmAgent.Hardware"],
        ["FarmAgent.Simulation"] = ["FarmAgent.Hardware"],
        ["FarmAgent.Flashing"] = ["FarmAgent.Hardware", "FarmAgent.Probes"],
        ["FarmAgent.Boards"] = ["FarmAgent.Hardware", "FarmAgent.Probes", "FarmAgent.Flashing"],
        ["FarmAgent.Keywords"] = ["FarmAgent.Robot", "FarmAgent.Api"],
        ["FarmAgent.Agent"] =
        [
            "FarmAgent.Api", "FarmAgent.Boards", "FarmAgent.Flashing", "FarmAgent.Probes", "FarmAgent.Hardware", "FarmAgent.Hardware.Linux",
            "FarmAgent.Simulation",
        ],
        ["FarmAgent.Cli"] = ["FarmAgent.Api", "FarmAgent.Robot", "FarmAgent.Keywords"],
    };

    private static readonly string[] TestTools =
        ["FarmAgent.TestKit", "FarmAgent.Hardware.Contracts", "FarmAgent.Simulation.Proof", "FarmAgent.Robot.Fuzz", "FarmAgent.Leases.Fuzz", "FarmAgent.Agent.Fuzz"];

    public static IEnumerable<string> Violations(SourceTree tree) => SourceViolations(tree).Concat(TestViolations(tree));

    private static IEnumerable<string> SourceViolations(SourceTree tree)
    {
        foreach (var project in ProjectFile.ReadAll(tree, "src"))
        {
            if (!Allowed.TryGetValue(project.Name, out var allowed))
            {
                yield return $"{project.Path}: no room has this name; add it to the table together with its arrows.";
                continue;
            }

            foreach (var forbidden in project.Projects.Except(allowed, StringComparer.Ordinal))
            {
                yield return $"{project.Path}: may not refer to {forbidden}; allowed: {(allowed.Length == 0 ? "nothing of ours" : string.Join(", ", allowed))}.";
            }
        }
    }

    /// <summary>Tests refer to what they test, to other rooms that they set it up with, and to the kit; never to other tests.</summary>
    private static IEnumerable<string> TestViolations(SourceTree tree)
    {
        var rooms = ProjectFile.ReadAll(tree, "src").Select(project => project.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var project in ProjectFile.ReadAll(tree, "tests"))
        {
            foreach (var forbidden in project.Projects.Where(name => !rooms.Contains(name)).Except(TestTools, StringComparer.Ordinal))
            {
                yield return $"{project.Path}: may not refer to {forbidden}; what tests share is in FarmAgent.TestKit.";
            }

            var tested = project.Name.EndsWith(".Tests", StringComparison.Ordinal) ? project.Name[..^".Tests".Length] : null;
            if (tested is not null && rooms.Contains(tested) && !project.Projects.Contains(tested, StringComparer.Ordinal))
            {
                yield return $"{project.Path}: does not refer to {tested}, which it is named after.";
            }
        }
    }
}
