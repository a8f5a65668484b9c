using FarmAgent.Interop.Tests.Tools;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Pipelines;

public sealed class PipelineSampleTests : IDisposable
{
    private readonly DirectoryInfo _checkout = Directory.CreateTempSubdirectory("pipeline-");

    private readonly PipelineSample _sample = new();

    public void Dispose() => _checkout.Delete(recursive: true);

    [Theory]
    [InlineData("firmware")]
    [InlineData("expander")]
    public void Stages_OfEachJob_AreDeclared(string job) => Assert.Contains(_sample.Stage(job), _sample.Stages());

    [Fact]
    public void BoardJob_FlashAndSuite_AreOneCall()
    {
        var calls = _sample.Script("expander").Split('\n').Where(line => line.Contains("--flash", StringComparison.Ordinal));

        Assert.Matches("^farmctl run --flash build/expander.elf .*samples/suites/expander.robot", Assert.Single(calls));
    }

    [Fact]
    public async Task FirmwareJob_Executed_MakesItsArtifacts()
    {
        RequiredTool.Find("make", "make");
        RequiredTool.Find("arm-none-eabi-gcc", "gcc-arm-none-eabi");
        FolderCopy.Make(RepositoryFiles.At("tests/dut-firmware"), Path.Combine(_checkout.FullName, "tests/dut-firmware"));

        var run = await ToolRun.StartAsync("sh", _checkout.FullName, ["-c", _sample.Script("firmware")], TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.All(_sample.Artifacts("firmware"), path => Assert.True(File.Exists(Path.Combine(_checkout.FullName, path)), path));
    }

    [Fact]
    public async Task BoardJob_Executed_FlashesTestsAndLeavesItsReports()
    {
        FolderCopy.Make(RepositoryFiles.At("samples/suites"), Path.Combine(_checkout.FullName, "samples/suites"));
        Directory.CreateDirectory(Path.Combine(_checkout.FullName, "build"));
        File.Copy(RepositoryFiles.At("tests/dut-firmware/bin/expander.elf"), Path.Combine(_checkout.FullName, "build/expander.elf"));
        await using var agent = await AgentProcess.StartAsync(ProgramPair.Developer);

        var run = await CommandResult.RunAsync(
            "sh",
            ["-c", _sample.Script("expander")],
            new Dictionary<string, string>
            {
                ["FARM_AGENT"] = agent.Address,
                ["FARM_BOARD"] = "b1",
                ["PATH"] = $"{Path.GetDirectoryName(agent.Programs.Farmctl)}:{Environment.GetEnvironmentVariable("PATH")}",
            },
            _checkout.FullName);

        Assert.True(run.ExitCode == 0, $"{run}\n{agent.Log}");
        Assert.All(_sample.Artifacts("expander"), path => Assert.True(Directory.Exists(Path.Combine(_checkout.FullName, path)), path));
        Assert.True(File.Exists(Path.Combine(_checkout.FullName, _sample.JunitReport("expander"))));
    }
}
