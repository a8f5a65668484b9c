using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Native;

/// <summary>What ships is native code: the same job once more with the published programs.</summary>
public sealed class NativeTests
{
    private static readonly string Expander = RepositoryFiles.At("tests/dut-firmware/bin/expander.elf");

    [Fact]
    public async Task NativePair_MainJob_Passes()
    {
        await using var agent = await AgentProcess.StartAsync(ProgramPair.Native());
        var results = Directory.CreateTempSubdirectory("results-");
        var run = await agent.FarmctlAsync("run", "--flash", Expander, "--output", results.FullName, RepositoryFiles.At("samples/suites/expander.robot"));
        results.Delete(recursive: true);
        Assert.True(run.ExitCode == 0, $"{run}\n{agent.Log}");
    }

    [Fact]
    public async Task NativeAgent_BadConfiguration_SaysFileLineAndKey()
    {
        var folder = Directory.CreateTempSubdirectory("boards-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "b.yaml"), "name: b1\nbackend: virtual\nlabel: {}\n", TestContext.Current.CancellationToken);
        var check = await CommandResult.RunAsync(ProgramPair.Native().Agent, ["--check-config", "--boards", folder.FullName]);
        folder.Delete(recursive: true);
        Assert.NotEqual(0, check.ExitCode);
        Assert.Contains("b.yaml:3", check.Output + check.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arm64Agent_UnderEmulation_IsFlashedByTheX64Command()
    {
        await using var agent = await AgentProcess.StartAsync(ProgramPair.Arm64AgentUnderEmulation());
        var flash = await agent.FarmctlAsync("flash", Expander);
        Assert.True(flash.ExitCode == 0, $"{flash}\n{agent.Log}");
        Assert.Contains("receipt", flash.Output, StringComparison.Ordinal);
    }
}
