using FarmAgent.Architecture.Tests.Trees;

namespace FarmAgent.Architecture.Tests.Projects;

/// <summary>The wire stays at the edge: generated types and RPC packages are for the rooms that speak it.</summary>
internal static class PackageRooms
{
    private static readonly string[] WireRooms = ["FarmAgent.Api", "FarmAgent.Agent", "FarmAgent.Cli"];

    public static IEnumerable<string> Violations(SourceTree tree) =>
        from project in ProjectFile.ReadAll(tree, "src")
        where !WireRooms.Contains(project.Name, StringComparer.Ordinal)
        from package in project.Packages
        where package.StartsWith("Grpc.", StringComparison.Ordinal) || package.StartsWith("Google.", StringComparison.Ordinal)
        select $"{project.Path}: {package} is for {string.Join(", ", WireRooms)} only.";
}
