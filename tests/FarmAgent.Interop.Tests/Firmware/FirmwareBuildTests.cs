using FarmAgent.Interop.Tests.Tools;
using FarmAgent.TestKit;

namespace FarmAgent.Interop.Tests.Firmware;

/// <summary>The committed images of the firmware under test are what their sources give, to the last bit.</summary>
public sealed class FirmwareBuildTests : IDisposable
{
    /// <summary>Debian 12's cross compiler. Another one makes another image, so a comparison would prove nothing.</summary>
    private const string Compiler = "12.2.1 20221205";

    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("dut-firmware-");

    public void Dispose() => _copy.Delete(recursive: true);

    [Fact]
    public async Task Rebuild_CommittedSources_GivesTheCommittedImages()
    {
        var make = await ToolchainAsync();

        var run = await ToolRun.StartAsync(make, RepositoryFiles.At("tests/dut-firmware"), ["check"], TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Fact]
    public async Task Rebuild_OneBitChangedInAnImage_IsNoticed()
    {
        var make = await ToolchainAsync();
        FolderCopy.Make(RepositoryFiles.At("tests/dut-firmware"), _copy.FullName);
        var image = Path.Combine(_copy.FullName, "bin", "expander.bin");
        var bytes = await File.ReadAllBytesAsync(image, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(image, bytes, TestContext.Current.CancellationToken);

        var run = await ToolRun.StartAsync(make, _copy.FullName, ["check"], TestContext.Current.CancellationToken);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("expander.bin", run.Output, StringComparison.Ordinal);
        Assert.Contains("same: expander.elf", run.Output, StringComparison.Ordinal);
    }

    private static async Task<string> ToolchainAsync()
    {
        var make = RequiredTool.Find("make", "make");
        var gcc = RequiredTool.Find("arm-none-eabi-gcc", "gcc-arm-none-eabi");
        var version = await ToolRun.StartAsync(gcc, ".", ["--version"], TestContext.Current.CancellationToken);
        Assert.SkipUnless(
            version.Output.Contains(Compiler, StringComparison.Ordinal),
            $"The images are those of gcc {Compiler} (Debian 12: 15:12.2.rel1-1); here is {version.Output.Split('\n')[0]}");
        return make;
    }
}
