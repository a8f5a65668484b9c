using FarmAgent.Api.Connections;
using FarmAgent.Keywords.Sessions;
using FarmAgent.Robot.Results;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Keywords.Tests.Libraries;

/// <summary>A board whose supply a relay switches, on a bench file of its own.</summary>
public sealed class PowerKeywordTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("farm-power-").FullName;
    private AgentProcess _agent = null!;
    private FarmSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        var bench = Path.Combine(_folder, "relay.bench.yaml");
        await File.WriteAllTextAsync(bench, """
            name: b1
            clock: lockstep
            probe: { serial: 066DFF535550755187154723, port: "1-1" }
            target: { chip: STM32F103C8, supply: 3.3, hse: 8000000, uid: 34FFD905434E383719670843, relay: RELAY, relay_closes: low }
            nets:
              - { name: RELAY, pins: [] }
            gpio:
              - { name: PG7, sysfs: 199, net: RELAY }
            """);
        _agent = await AgentProcess.StartAsync(ProgramPair.Developer, null, "--bench", bench);
        var lease = await _agent.FarmctlAsync("lease", "acquire", "--ttl", "10m");
        Assert.True(lease.ExitCode == 0, lease.ToString());
        Assert.True(AgentAddress.TryParse(_agent.Address, out var address));
        _session = FarmSession.On(new FarmClientOptions { Address = address }, "boards/b1", lease.Output.Trim());
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _agent.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void SetAndCycle_Relay_ChipLosesAndRegainsItsSupply()
    {
        var test = Assert.Single(SuiteText.Run(_session, """
            One
                Board Power Should Be    on
                Set Board Power    off
                Board Power Should Be    off
                Run Keyword And Expect Error    *TARGET_VOLTAGE_LOW*    Read Memory    0x08000000    4
                Power Cycle Board    off_time=200ms
                Board Power Should Be    on
                Read Memory    0x08000000    4

            """));

        Assert.True(test.Status == Status.Pass, test.Message);
    }

    [Theory]
    [InlineData("Board Power Should Be    off", "The board's supply is on (relay PG7), expected off.")]
    [InlineData("Set Board Power    maybe", "state: 'MAYBE' is neither on nor off.")]
    [InlineData("Power Cycle Board    soon", "Invalid time string 'soon'.")]
    [InlineData("Power Cycle Board    2 minutes", "REQUEST_INVALID")]
    public void Keyword_Wrong_SaysWhy(string step, string expected) =>
        Assert.Contains(expected, Assert.Single(SuiteText.Run(_session, $"One\n    {step}\n")).Message, StringComparison.Ordinal);
}
