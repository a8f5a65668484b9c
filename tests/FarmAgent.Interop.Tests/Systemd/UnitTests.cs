using FarmAgent.Interop.Tests.Tools;
using FarmAgent.TestKit;

namespace FarmAgent.Interop.Tests.Systemd;

/// <summary>systemd's own judgement of our unit, in a root folder that holds nothing but it and what it names.</summary>
public sealed class UnitTests : IDisposable
{
    private const string Unit = "farm-agent.service";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("units-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Verify_Unit_HasNothingToSay()
    {
        var run = await VerifyAsync(await ReadUnitAsync());

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Verify_UnknownKey_IsNoticed()
    {
        var run = await VerifyAsync((await ReadUnitAsync()).Replace("ProtectHome=", "ProtectHouse=", StringComparison.Ordinal));

        Assert.Contains("ProtectHouse", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Security_Unit_IsExposedByAtMostOnePointEight()
    {
        var analyze = RequiredTool.Find("systemd-analyze", "systemd");

        var run = await ToolRun.StartAsync(
            analyze, ".", ["security", "--offline=yes", "--threshold=18", "--no-pager", RepositoryFiles.At($"systemd/{Unit}")], TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Output);
    }

    private static Task<string> ReadUnitAsync() => File.ReadAllTextAsync(RepositoryFiles.At($"systemd/{Unit}"), TestContext.Current.CancellationToken);

    private async Task<ToolRun> VerifyAsync(string unit)
    {
        var analyze = RequiredTool.Find("systemd-analyze", "systemd");
        var units = _root.CreateSubdirectory("usr/lib/systemd/system").FullName;
        foreach (var file in Directory.EnumerateFiles("/lib/systemd/system").Where(file => Path.GetExtension(file) is ".target" or ".slice"))
        {
            File.Copy(file, Path.Combine(units, Path.GetFileName(file)));
        }

        await File.WriteAllTextAsync(Path.Combine(units, Unit), unit, TestContext.Current.CancellationToken);
        var programs = _root.CreateSubdirectory("usr/bin").FullName;
        File.Copy("/bin/true", Path.Combine(programs, "farm-agent"));
        return await ToolRun.StartAsync(
            analyze,
            ".",
            ["verify", "--man=no", "--generators=no", "--recursive-errors=no", $"--root={_root.FullName}", Unit],
            TestContext.Current.CancellationToken);
    }
}
