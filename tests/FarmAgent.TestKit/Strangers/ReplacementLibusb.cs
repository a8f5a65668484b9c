using FarmAgent.TestKit.Processes;

namespace FarmAgent.TestKit.Strangers;

/// <summary>The replacement libusb, which is not part of the project: compiled once per test run from the material beside the checkout.</summary>
public static class ReplacementLibusb
{
    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    /// <summary>Folder for LD_LIBRARY_PATH; skips where the sources are absent.</summary>
    public static async Task<string> FolderAsync()
    {
        // Both skip, and a skip must not be kept as the build's result.
        SharedFiles.Find("tools/libusb-shim/libusb_shim.c");
        RequiredTool.Find("gcc", "gcc libc6-dev libusb-1.0-0-dev");
        return await Built.Value;
    }

    private static async Task<string> BuildAsync()
    {
        var folder = Directory.CreateTempSubdirectory("farm-libusb-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var result = await CommandResult.RunAsync(
            "gcc",
            [
                "-O2", "-shared", "-fPIC", "-fvisibility=hidden", "-pthread", "-Wl,-soname,libusb-1.0.so.0",
                "-o", Path.Combine(folder, "libusb-1.0.so.0"), SharedFiles.Find("tools/libusb-shim/libusb_shim.c"),
            ]);
        return result.ExitCode == 0 ? folder : throw new InvalidOperationException($"The replacement libusb does not compile (apt-get install gcc libc6-dev libusb-1.0-0-dev): {result}");
    }
}
