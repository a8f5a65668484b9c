using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Agent.Tests.Services;

/// <summary>
/// What somebody who uses the agent sees of each fault of the bench: a documented reason, or nothing where the agent mends it; in bounded time;
/// and the next operation works once the fault is cleared.
/// </summary>
public sealed class FaultMatrixTests
{
    private const string Nothing = "";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("kind: unplug-probe, of: usb-transfers, at: 40", "PROBE_DISCONNECTED")]
    [InlineData("kind: usb-stall, at: 41", Nothing)]
    [InlineData("kind: usb-stall, count: endless", "PROBE_NOT_RESPONDING")]
    [InlineData("kind: usb-timeout, at: 40", Nothing)]
    [InlineData("kind: usb-timeout, count: endless, at: 60", "PROBE_NOT_RESPONDING")]
    [InlineData("kind: usb-short-reply, at: 20", Nothing)]
    [InlineData("kind: usb-short-reply, count: endless", "PROBE_NOT_RESPONDING")]
    [InlineData("kind: usb-stale-reply, at: 1", Nothing)]
    [InlineData("kind: swd-wait, at: 30, count: 5", Nothing)]
    [InlineData("kind: swd-wait, at: 30, count: endless", "TARGET_BUS_STALLED")]
    [InlineData("kind: swd-parity, at: 30", Nothing)]
    [InlineData("kind: swd-parity, at: 30, count: endless", "TARGET_LINK_LOST")]
    [InlineData("kind: cut-wire, net: SWDIO", "TARGET_NOT_CONNECTED")]
    [InlineData("kind: bridge-wires, net: SWDIO, to: SWCLK", "TARGET_NOT_CONNECTED")]
    [InlineData("kind: stuck-wire, net: SWCLK, level: low", "TARGET_NOT_CONNECTED")]
    [InlineData("kind: stuck-wire, net: NRST, level: low", "TARGET_HELD_IN_RESET")]
    [InlineData("kind: stuck-wire, net: NRST, level: low, of: half-words, at: 500", "TARGET_HELD_IN_RESET")]
    [InlineData("kind: power-off", "TARGET_VOLTAGE_LOW")]
    [InlineData("kind: power-off, of: half-words, at: 500", "TARGET_VOLTAGE_LOW")]
    [InlineData("kind: brown-out, volts: 1.5", "TARGET_VOLTAGE_LOW")]
    [InlineData("kind: brown-out, volts: 1.5, for: 1ms, of: half-words, at: 500", "TARGET_NOT_CONNECTED")]
    [InlineData("kind: swap-chip, uid: AAAAAAAABBBBBBBBCCCCCCCC, of: half-words, at: 500", "TARGET_NOT_CONNECTED")]
    public async Task Flash_WithAFault_EndsWithItsReasonAndWorksAfterwards(string fault, string reason)
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = (await agent.LeaseAsync()).Name;
        await MakeAsync(agent, fault);

        Assert.Equal(reason, await ReasonOfAsync(() => agent.FlashAsync(lease, "expander.elf")));

        await ClearAsync(agent);
        var events = await agent.FlashAsync(lease, "expander.elf").WaitAsync(Bound, TestAgent.Cancellation);
        Assert.NotNull(events[^1].Event.Receipt);
    }

    [Theory]
    [InlineData("kind: i2c-nack", "DUT_SILENT")]
    [InlineData("kind: i2c-nack, at: 2", "DUT_REFUSED_DATA")]
    [InlineData("kind: i2c-nack, count: endless", "DUT_SILENT")]
    [InlineData("kind: i2c-stretch, for: 1ms", Nothing)]
    [InlineData("kind: i2c-stretch, for: 10s", "I2C_BUS_STUCK")]
    [InlineData("kind: i2c-arbitration-lost", "I2C_ARBITRATION_LOST")]
    [InlineData("kind: stuck-wire, net: SDA, level: low", "I2C_BUS_STUCK")]
    [InlineData("kind: stuck-wire, net: SCL, level: low", "I2C_BUS_STUCK")]
    [InlineData("kind: cut-wire, net: SDA", "DUT_SILENT")]
    [InlineData("kind: bridge-wires, net: SDA, to: SCL", "I2C_BUS_STUCK")]
    [InlineData("kind: power-off", "TARGET_VOLTAGE_LOW")]
    [InlineData("kind: unplug-probe, after: 1us", Nothing)]
    [InlineData("kind: brown-out, volts: 1.5", "TARGET_VOLTAGE_LOW")]
    [InlineData("kind: stuck-wire, net: NRST, level: low", "TARGET_HELD_IN_RESET")]
    [InlineData("kind: swap-chip, uid: AAAAAAAABBBBBBBBCCCCCCCC", "BOARD_NOT_FLASHED")]
    public async Task Probe_WithAFault_EndsWithItsReasonAndWorksAfterwards(string fault, string reason)
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = (await agent.LeaseAsync()).Name;
        await agent.FlashAsync(lease, "expander.elf");
        await agent.AdvanceAsync(0.1);
        await MakeAsync(agent, fault);

        Assert.Equal(reason, await ReasonOfAsync(() => ProbeAsync(agent, lease)));

        await ClearAsync(agent);
        await agent.FlashAsync(lease, "expander.elf");
        await agent.AdvanceAsync(0.1);
        Assert.True((await ProbeAsync(agent, lease)).Recognised);
    }

    [Theory]
    [InlineData("kind: uart-overrun, net: UART_TX, at: 3", "exander")]
    [InlineData("kind: uart-noise, net: UART_TX, at: 3, bits: 0x002", "exqander")]
    public async Task Console_WithAFault_ShowsTheBytesThatArrived(string fault, string text)
    {
        await using var agent = await TestAgent.StartAsync();
        var lease = (await agent.LeaseAsync()).Name;
        await MakeAsync(agent, fault);
        await agent.FlashAsync(lease, "expander.elf");
        await agent.AdvanceAsync(0.1);

        var seen = "";
        using var call = agent.Client.Serial.TailSerial(new TailSerialRequest { Board = TestAgent.Board, Follow = true }, cancellationToken: TestAgent.Cancellation);
        while (seen.Length < 10 && await call.ResponseStream.MoveNext(TestAgent.Cancellation))
        {
            seen += call.ResponseStream.Current.Data.ToStringUtf8();
        }

        Assert.StartsWith(text, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_WithAMistake_IsNamedByLineAndNothingIsMade()
    {
        await using var agent = await TestAgent.StartAsync();
        var script = "faults:\n  - kind: power-off\n  - { kind: cut-wire, net: PZ9 }";

        var error = await TestAgent.FailAsync(() => agent.Client.Bench.ApplyFaultScriptAsync(
            new ApplyFaultScriptRequest { Board = TestAgent.Board, Script = script, File = "night.yaml" }, cancellationToken: TestAgent.Cancellation).ResponseAsync);

        Assert.Equal(("BENCH_FILE_INVALID", 2), (error.Reason, error.ExitCode));
        Assert.StartsWith("night.yaml:3:28: The bench has no net PZ9. Its nets are", error.Message, StringComparison.Ordinal);
        Assert.Empty((await agent.Client.Bench.ListFaultsAsync(new ListFaultsRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation)).Faults);
    }

    [Fact]
    public async Task ListFaults_AfterAScript_HasItsFaultsUntilTheyAreCleared()
    {
        await using var agent = await TestAgent.StartAsync();
        await MakeAsync(agent, "kind: cut-wire, net: PA0");
        await MakeAsync(agent, "kind: usb-stall, at: 100000");

        var faults = (await agent.Client.Bench.ListFaultsAsync(new ListFaultsRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation)).Faults;
        await agent.Client.Bench.ClearFaultsAsync(new ClearFaultsRequest { Board = TestAgent.Board, Ids = { faults[0].Id } }, cancellationToken: TestAgent.Cancellation);
        var left = (await agent.Client.Bench.ListFaultsAsync(new ListFaultsRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation)).Faults;

        Assert.Equal([("cut-wire", true), ("usb-stall", false)], faults.Select(f => (f.Kind, f.Active)));
        Assert.Equal("usb-stall", Assert.Single(left).Kind);
    }

    private static async Task<string> ReasonOfAsync(Func<Task> operation)
    {
        try
        {
            await operation().WaitAsync(Bound, TestAgent.Cancellation);
            return Nothing;
        }
        catch (RpcException e)
        {
            return FarmError.From(e).Reason;
        }
    }

    private static Task<ProbeExpanderResponse> ProbeAsync(TestAgent agent, string lease) => agent.Client.I2c.ProbeExpanderAsync(
        new ProbeExpanderRequest { Board = TestAgent.Board, Lease = lease }, cancellationToken: TestAgent.Cancellation).ResponseAsync;

    private static Task MakeAsync(TestAgent agent, string entry) => agent.Client.Bench.ApplyFaultScriptAsync(
        new ApplyFaultScriptRequest { Board = TestAgent.Board, Script = $"faults: [{{ {entry} }}]" }, cancellationToken: TestAgent.Cancellation).ResponseAsync;

    private static Task ClearAsync(TestAgent agent) => agent.Client.Bench.ClearFaultsAsync(
        new ClearFaultsRequest { Board = TestAgent.Board }, cancellationToken: TestAgent.Cancellation).ResponseAsync;
}
