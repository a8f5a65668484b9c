using FarmAgent.Api.Connections;
using FarmAgent.Keywords.Sessions;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Keywords.Tests.Libraries;

/// <summary>A real agent on the virtual bench with a lease held for the tests of one class.</summary>
public sealed class LeasedBench : IAsyncLifetime
{
    public AgentProcess Agent { get; private set; } = null!;

    internal FarmSession Session { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Agent = await AgentProcess.StartAsync(ProgramPair.Developer);
        var lease = await Agent.FarmctlAsync("lease", "acquire", "--ttl", "10m");
        Assert.True(lease.ExitCode == 0, lease.ToString());
        Assert.True(AgentAddress.TryParse(Agent.Address, out var address));
        Session = FarmSession.On(new FarmClientOptions { Address = address }, "boards/b1", lease.Output.Trim());
    }

    public async ValueTask DisposeAsync()
    {
        Session.Dispose();
        await Agent.DisposeAsync();
    }

    /// <summary>The step that puts the expander's firmware on the chip.</summary>
    internal static string FlashExpander => $"Flash Image    {RepositoryFiles.At("tests/dut-firmware/bin/expander.elf")}";
}
