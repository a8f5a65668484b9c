using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Tests.Runs;

namespace FarmAgent.Agent.Tests.Hosting;

public sealed class ReloadTests
{
    [Fact]
    public async Task Reload_ChangedSettings_AreInForceAndTheLeaseStays()
    {
        using var scratch = new ScratchFolder();
        var options = Options(scratch, "quarantine:\n  after: 7\n");
        await using var agent = await TestAgent.StartAsync(_ => options);
        var lease = await agent.LeaseAsync();
        await File.WriteAllTextAsync(scratch.At("agent.yaml"), "quarantine:\n  after: 2\nshutdown:\n  policy: drain\n", TestAgent.Cancellation);

        agent.Host.Reload(options);

        Assert.Equal((2, true), (agent.Host.Core.Settings.QuarantineAfter, agent.Host.Core.Settings.Shutdown.Drain));
        Assert.Equal(lease.Name, (await agent.BoardAsync()).Lease);
    }

    [Fact]
    public async Task Reload_Mistakes_ChangeNothing()
    {
        using var scratch = new ScratchFolder();
        var options = Options(scratch, "quarantine:\n  after: 7\n");
        await using var agent = await TestAgent.StartAsync(_ => options);
        await File.WriteAllTextAsync(scratch.At("agent.yaml"), "quarantine:\n  after: 2\nshutdwon:\n  policy: drain\n", TestAgent.Cancellation);

        agent.Host.Reload(options);

        Assert.Equal(7, agent.Host.Core.Settings.QuarantineAfter);
    }

    private static AgentOptions Options(ScratchFolder scratch, string yaml)
    {
        Directory.CreateDirectory(scratch.At("boards"));
        File.WriteAllText(scratch.At("agent.yaml"), yaml);
        return new AgentOptions
        {
            Virtual = true,
            RealtimeClock = false,
            Config = scratch.At("agent.yaml"),
            Boards = scratch.At("boards"),
            State = scratch.At("state"),
            Socket = scratch.At("s.sock"),
        };
    }
}
