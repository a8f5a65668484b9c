using FarmAgent.Api.V1;
using Google.Protobuf.WellKnownTypes;

namespace FarmAgent.Agent.Tests.Services;

/// <summary>Supply by relay and by USB port on a virtual bench, whose chip and probe lose and regain theirs.</summary>
public sealed class PowerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("farm-power-").FullName;
    private TestAgent _agent = null!;
    private string _lease = "";

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "bench.bench.yaml"), """
            name: power
            clock: lockstep
            probe: { serial: 066DFF535550755187154723, port: "1-1" }
            target: { chip: STM32F103C8, supply: 3.3, hse: 8000000, uid: 34FFD905434E383719670843, relay: RELAY, relay_closes: low }
            nets:
              - { name: RELAY, pins: [] }
            gpio:
              - { name: PG7, sysfs: 199, net: RELAY }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task SetPower_RelayOff_ChipHasNoSupply()
    {
        await StartAsync("relay: PG7, active: low");

        Assert.False((await SetAsync(on: false)).On);

        Assert.Equal("TARGET_VOLTAGE_LOW", (await TestAgent.FailAsync(ChipAsync)).Reason);
    }

    [Fact]
    public async Task SetPower_RelayOnAgain_ChipAnswers()
    {
        await StartAsync("relay: PG7, active: low");
        await SetAsync(on: false);

        Assert.True((await SetAsync(on: true)).On);

        await ChipAsync();
    }

    [Fact]
    public async Task CyclePower_Relay_TakesItsTimes()
    {
        await StartAsync("relay: PG7, active: low, off_ms: 2000, settle_ms: 300");
        var before = await ElapsedAsync();

        var answer = await _agent.Client.Power.CyclePowerAsync(new CyclePowerRequest { Board = TestAgent.Board, Lease = _lease });

        Assert.True(answer.Power.On);
        Assert.Equal("relay PG7", answer.Power.Switch);
        Assert.InRange((await ElapsedAsync() - before).TotalSeconds, 2.3, 2.4);
        await ChipAsync();
    }

    [Fact]
    public async Task CyclePower_OffTimeAsked_IsKept()
    {
        await StartAsync("relay: PG7, active: low, settle_ms: 0");
        var before = await ElapsedAsync();

        await _agent.Client.Power.CyclePowerAsync(
            new CyclePowerRequest { Board = TestAgent.Board, Lease = _lease, OffTime = TimeSpan.FromSeconds(5).ToDuration() });

        Assert.InRange((await ElapsedAsync() - before).TotalSeconds, 5, 5.1);
    }

    [Fact]
    public async Task CyclePower_TooLong_IsRefusedBeforeItIsOff()
    {
        await StartAsync("relay: PG7, active: low");

        var error = await TestAgent.FailAsync(() => _agent.Client.Power.CyclePowerAsync(
            new CyclePowerRequest { Board = TestAgent.Board, Lease = _lease, OffTime = TimeSpan.FromMinutes(2).ToDuration() }).ResponseAsync);

        Assert.Equal("REQUEST_INVALID", error.Reason);
        await ChipAsync();
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData("leave", false)]
    public async Task Lease_EndsWithPowerOff_SafeStateIsAsDeclared(string safe, bool on)
    {
        await StartAsync($"relay: PG7, active: low, safe: {safe}");
        await SetAsync(on: false);

        await _agent.Client.Leases.ReleaseLeaseAsync(new ReleaseLeaseRequest { Name = _lease });
        _lease = (await _agent.LeaseAsync()).Name;

        var power = (await _agent.Client.Power.GetPowerAsync(new GetPowerRequest { Board = TestAgent.Board, Lease = _lease })).Power;
        Assert.Equal(on, power.On);
        Assert.Empty((await _agent.BoardAsync()).Problems);
    }

    [Fact]
    public async Task SetPower_UsbPortOff_ProbeIsGone()
    {
        await StartAsync("usb_port: 1-1");

        await SetAsync(on: false);

        Assert.Equal(BoardState.Leased, (await _agent.BoardAsync()).State);
        Assert.Equal("PROBE_NOT_FOUND", (await TestAgent.FailAsync(ChipAsync)).Reason);
    }

    [Fact]
    public async Task CyclePower_UsbPort_ProbeIsBack()
    {
        await StartAsync("usb_port: 1-1");

        var answer = await _agent.Client.Power.CyclePowerAsync(new CyclePowerRequest { Board = TestAgent.Board, Lease = _lease });

        Assert.Equal("USB port 1-1", answer.Power.Switch);
        await ChipAsync();
    }

    [Fact]
    public async Task GetPower_NothingDeclared_SaysWhatToAdd()
    {
        await StartAsync(null);

        var error = await TestAgent.FailAsync(() => _agent.Client.Power.GetPowerAsync(new GetPowerRequest { Board = TestAgent.Board, Lease = _lease }).ResponseAsync);

        Assert.Equal(("POWER_NOT_DECLARED", 2), (error.Reason, error.ExitCode));
    }

    [Fact]
    public async Task SetPower_LineDoesNotExist_IsAProblemOfTheBoard()
    {
        await StartAsync("relay: PG99");

        var error = await TestAgent.FailAsync(() => SetAsync(on: true));

        Assert.Equal("GPIO_LINE_UNKNOWN", error.Reason);
        Assert.Contains((await _agent.BoardAsync()).Problems, p => p.StartsWith("Power by relay PG99", StringComparison.Ordinal));
    }

    private async Task StartAsync(string? power)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "b1.yaml"), $"""
            boards:
              - name: b1
                backend: virtual
                bench: bench.bench.yaml
                probe: 066DFF535550755187154723
            """ + (power is null ? "" : $"\n    power: {{ {power} }}") + "\n");
        _agent = await TestAgent.StartAsync(o => o with { Virtual = false, Boards = _folder, State = Path.Combine(_folder, "state"), Socket = Path.Combine(_folder, "agent.sock") });
        _lease = (await _agent.LeaseAsync()).Name;
    }

    private async Task<Power> SetAsync(bool on) =>
        (await _agent.Client.Power.SetPowerAsync(new SetPowerRequest { Board = TestAgent.Board, Lease = _lease, On = on })).Power;

    private Task ChipAsync() => _agent.Client.Debug.GetChipAsync(new GetChipRequest { Board = TestAgent.Board, Lease = _lease }).ResponseAsync;

    private async Task<TimeSpan> ElapsedAsync() =>
        (await _agent.Client.Bench.GetBenchAsync(new GetBenchRequest { Board = TestAgent.Board })).Elapsed.ToTimeSpan();
}
