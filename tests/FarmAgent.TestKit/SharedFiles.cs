using Xunit;

namespace FarmAgent.TestKit;

/// <summary>
/// Conformance material that lies beside the checkout and is not part of the project. Where it is absent, what needs it is skipped with the reason.
/// </summary>
public static class SharedFiles
{
    /// <summary>Full path of a file, or a skip.</summary>
    /// <param name="relative">Path below the material's folder, which FARM_SHARED names; else it is looked for beside the checkout.</param>
    public static string Find(string relative)
    {
        var folder = Environment.GetEnvironmentVariable("FARM_SHARED") ?? Path.Combine(RepositoryFiles.Root, "..", "shared");
        var path = Path.GetFullPath(Path.Combine(folder, relative));
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"The conformance material is not here: {relative} (set FARM_SHARED to its folder).");
        return path;
    }
}
