using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Scenarios;

/// <summary>What an agent granted and proved outlives its process.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("farm-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Lease_AgentKilledAndStartedAgain_IsStillHeldWithItsFence()
    {
        string lease;
        await using (var first = await AgentProcess.StartAsync(ProgramPair.Developer, _folder.FullName))
        {
            lease = (await first.FarmctlAsync("lease", "acquire", "--ttl", "5m")).Output.Trim();
            await first.KillAsync();
        }

        await using var second = await AgentProcess.StartAsync(ProgramPair.Developer, _folder.FullName);
        var busy = await second.FarmctlAsync("flash", RepositoryFiles.At("tests/dut-firmware/bin/expander.elf"));
        Assert.Equal(4, busy.ExitCode);
        var renewed = await second.FarmctlAsync("lease", "renew", lease);
        Assert.True(renewed.ExitCode == 0, renewed.ToString());
        Assert.Contains(lease, (await second.FarmctlAsync("lease", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipt_AgentStartedAgain_IsStillListed()
    {
        await using (var first = await AgentProcess.StartAsync(ProgramPair.Developer, _folder.FullName))
        {
            var flash = await first.FarmctlAsync("flash", "--request-id", "r1", RepositoryFiles.At("tests/dut-firmware/bin/expander.elf"));
            Assert.True(flash.ExitCode == 0, flash.ToString());
            await first.KillAsync();
        }

        await using var second = await AgentProcess.StartAsync(ProgramPair.Developer, _folder.FullName);
        Assert.Contains("expander.elf", (await second.FarmctlAsync("receipts", "--request-id", "r1")).Output, StringComparison.Ordinal);
    }
}
