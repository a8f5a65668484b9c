using FarmAgent.TestKit;

namespace FarmAgent.Robot.Tests.Conformance;

/// <summary>Where recorded suites and their results lie, if they are there at all.</summary>
internal static class ConformanceFolder
{
    /// <summary>The folder, from FARM_SHARED or beside the checkout; <see langword="null"/> without it.</summary>
    public static string? Find()
    {
        var shared = Environment.GetEnvironmentVariable("FARM_SHARED") ?? Path.Combine(Path.GetDirectoryName(RepositoryFiles.Root)!, "shared");
        var folder = Path.Combine(shared, "conformance", "robot");
        return Directory.Exists(Path.Combine(folder, "expected")) ? folder : null;
    }
}
