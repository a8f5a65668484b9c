namespace FarmAgent.TestKit;

/// <summary>Finds files of the checkout that a test reads: firmware, suites, samples.</summary>
public static class RepositoryFiles
{
    /// <summary>The folder that holds FarmAgent.sln, found upwards from the test's own assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Full path of a file or folder of the checkout.</summary>
    /// <param name="relative">Path from the root, with slashes.</param>
    public static string At(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FarmAgent.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No FarmAgent.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
