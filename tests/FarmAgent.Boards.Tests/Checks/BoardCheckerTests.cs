using FarmAgent.Boards.Checks;
using FarmAgent.Boards.Safety;
using FarmAgent.Boards.Tests.Sessions;
using FarmAgent.Simulation.Faults;

namespace FarmAgent.Boards.Tests.Checks;

/// <summary>The check of a board's wires, on the virtual bench with its faults.</summary>
public sealed class BoardCheckerTests
{
    public static TheoryData<string, string, string> Faults => new()
    {
        { "{ kind: cut-wire, net: PA0 }", "PG11 to PA0", "WIRE_OPEN" },
        { "{ kind: cut-wire, net: PA3 }", "PG2 to PA3", "WIRE_OPEN" },
        { "{ kind: bridge-wires, net: PA1, to: PA2 }", "PG0 to PA1", "WIRES_BRIDGED" },
        { "{ kind: bridge-wires, net: PA0, to: SDA }", "PG11 to PA0", "WIRES_BRIDGED" },
        { "{ kind: stuck-wire, net: PA4, level: low }", "PG3 to PA4", "WIRE_STUCK" },
        { "{ kind: stuck-wire, net: PA4, level: high }", "PG3 to PA4", "WIRE_STUCK" },
        { "{ kind: cut-wire, net: SDA }", "i2c0 SDA to PB7", "WIRE_OPEN" },
        { "{ kind: cut-wire, net: SCL }", "i2c0 SCL to PB6", "WIRE_OPEN" },
        { "{ kind: bridge-wires, net: SDA, to: SCL }", "i2c0 SCL to PB6", "WIRES_BRIDGED" },
        { "{ kind: stuck-wire, net: SDA, level: low }", "i2c0 SDA to PB7", "I2C_BUS_STUCK" },
        { "{ kind: stuck-wire, net: SCL, level: low }", "i2c0 SCL to PB6", "I2C_BUS_STUCK" },
        { "{ kind: stuck-wire, net: NRST, level: low }", "chip", "TARGET_HELD_IN_RESET" },
        { "{ kind: power-off }", "supply", "TARGET_VOLTAGE_LOW" },
        { "{ kind: unplug-probe }", "probe", "PROBE_NOT_FOUND" },
    };

    [Fact]
    public async Task Check_SoundBoard_PassesEveryWire()
    {
        await using var bench = await TwinBench.StartAsync();
        var leased = await bench.LeaseAsync();

        var report = await CheckAsync(bench, leased);

        Assert.Empty(report.Culprits);
        Assert.Equal(12, report.Steps.Count(s => s.Outcome == CheckOutcome.Passed));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Check_OneFault_NamesIt(string fault, string subject, string reason)
    {
        await using var bench = await TwinBench.StartAsync();
        var leased = await bench.LeaseAsync();
        using var script = new StringReader($"faults: [{fault}]");
        FaultScript.Apply(script, "fault", bench.Twin);

        var report = await CheckAsync(bench, leased);

        Assert.Contains((subject, reason), report.Culprits.Select(c => (c.Subject, c.Reason)));
    }

    [Fact]
    public async Task Check_CutWire_BlamesNoOther()
    {
        await using var bench = await TwinBench.StartAsync();
        var leased = await bench.LeaseAsync();
        bench.Twin.Faults.CutWire("PA5");

        var report = await CheckAsync(bench, leased);

        Assert.Equal(["PG4 to PA5"], report.Culprits.Select(c => c.Subject));
    }

    [Fact]
    public async Task Check_Afterwards_FirmwareRunsAndAnswers()
    {
        await using var bench = await TwinBench.StartAsync();
        var leased = await bench.LeaseAsync();
        await leased.FlashAsync("expander.bin");

        await CheckAsync(bench, leased);

        bench.Twin.Advance(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        await Traces.TraceTwinTests.ReadAsync(bench, leased, 0x00);
        Assert.Equal("", bench.Board.Trace.Read(-1, 1)[0].Outcome);
    }

    private static Task<BoardCheckReport> CheckAsync(TwinBench bench, TwinBench.LeasedTwin leased) =>
        new BoardChecker(new SafeStateKeeper(bench.Contents, TimeProvider.System), TimeProvider.System)
            .CheckAsync(bench.Board, leased.Token, TestContext.Current.CancellationToken);
}
