using Xunit;

namespace FarmAgent.TestKit;

/// <summary>
/// Programs that a test needs and the .NET SDK does not bring. Where one is absent the test is skipped with the reason; in CI, which
/// installs them all, an absent one is a failure, so that no lane can vanish unnoticed.
/// </summary>
public static class RequiredTool
{
    /// <summary>Full path of a program on the PATH, or a skip (in CI a failure) that says how to get it.</summary>
    /// <param name="program">Name, for example <c>arm-none-eabi-gcc</c>.</param>
    /// <param name="debianPackage">Package that brings it on Debian.</param>
    public static string Find(string program, string debianPackage)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(folder, program);
            if (File.Exists(path))
            {
                return path;
            }
        }

        Missing($"{program} is not installed (apt-get install {debianPackage})");
        return program;
    }

    /// <summary>Full path of a file that a build step makes, or a skip (in CI a failure) that names the step.</summary>
    /// <param name="relative">Path from the root of the checkout.</param>
    /// <param name="step">Command that makes it, for example <c>./build.sh publish</c>.</param>
    public static string Built(string relative, string step)
    {
        var path = RepositoryFiles.At(relative);
        if (!File.Exists(path))
        {
            Missing($"{relative} is not built ({step})");
        }

        return path;
    }

    private static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"{reason}; in CI nothing is skipped for that.");
        }

        Assert.Skip(reason);
    }
}
