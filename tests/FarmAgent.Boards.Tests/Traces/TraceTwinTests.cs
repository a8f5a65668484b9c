using FarmAgent.Boards.Tests.Sessions;
using FarmAgent.Boards.Traces;
using FarmAgent.Boards.Traces.Decoding;
using FarmAgent.Hardware.Gpio;

namespace FarmAgent.Boards.Tests.Traces;

/// <summary>What a real driver on the virtual bench leaves in the recorder.</summary>
public sealed class TraceTwinTests
{
    [Fact]
    public async Task Probe_WordWritten_IsNamedByItsRegister()
    {
        await using var bench = await TwinBench.StartAsync();
        var leased = await bench.LeaseAsync();
        var probe = bench.Board.GetProbe();

        await probe.RunAsync(
            leased.Token,
            "look",
            probe.LookOnly,
            (debug, _) =>
            {
                debug.Memory.WriteWord(0x4002_2004, 0x4567_0123);
                return debug.Memory.ReadWord(0x4002_2010);
            },
            TimeSpan.FromSeconds(10),
            TestContext.Current.CancellationToken);

        var texts = Texts(bench);
        Assert.Contains("WRITE_WORD FLASH_KEYR = 0x45670123", texts);
        Assert.Contains("FLASH_CR = 0x00000080", texts);
    }

    [Fact]
    public async Task I2c_ExpanderRead_IsNamedByItsRegister()
    {
        await using var bench = await TwinBench.StartAsync();
        var leased = await bench.LeaseAsync();
        await leased.FlashAsync("expander.bin");

        await ReadAsync(bench, leased, 0x00);

        Assert.Contains("0x08 W 00 R be  MAGIC_HIGH = be", Texts(bench));
    }

    [Fact]
    public async Task I2c_NoFirmware_IsANack()
    {
        await using var bench = await TwinBench.StartAsync();
        var leased = await bench.LeaseAsync();

        await ReadAsync(bench, leased, 0x00);

        Assert.Equal("NACK", bench.Board.Trace.Read(0, int.MaxValue).Last(e => e.Channel == TraceChannel.I2c).Outcome);
    }

    [Fact]
    public async Task Gpio_DriveAndRead_BothAreThereWithTheirWire()
    {
        await using var bench = await TwinBench.StartAsync();
        var leased = await bench.LeaseAsync();
        var line = bench.Board.GetGpioLine("PG11");

        line.ConfigureOutput(leased.Token, initialHigh: true);

        Assert.Equal(["output, starts high (PA0)", "is high (PA0)"], Texts(bench).TakeLast(2));
    }

    [Fact]
    public async Task Gpio_Edge_HasTheTimeOfTheBench()
    {
        await using var bench = await TwinBench.StartAsync();
        var leased = await bench.LeaseAsync();
        var line = bench.Board.GetGpioLine("PG11");
        line.ConfigureInput(leased.Token, GpioBias.Disabled);
        using var edges = line.Watch(leased.Token, GpioEdges.Both, TimeSpan.Zero);
        var probe = bench.Board.GetProbe();
        await probe.RunAsync(
            leased.Token,
            "drive PA0",
            probe.LookOnly,
            (debug, _) =>
            {
                debug.Memory.WriteWord(0x4002_1018, 0x0000_0004);
                debug.Memory.WriteWord(0x4001_0810, 0x0000_0001);
                debug.Memory.WriteWord(0x4001_0800, 0x4444_4443);
                return true;
            },
            TimeSpan.FromSeconds(10),
            TestContext.Current.CancellationToken);

        Assert.True(edges.TryRead(TimeSpan.Zero, out var edge));

        var entry = bench.Board.Trace.Read(-1, 1)[0];
        Assert.Equal((TraceAction.GpioEdge, edge.Time), (entry.Action, entry.Start));
    }

    internal static async Task ReadAsync(TwinBench bench, TwinBench.LeasedTwin leased, byte register)
    {
        var buffer = new byte[1];
        await bench.Board.GetI2cBus(null).RunAsync(
            leased.Token, "read", (bus, _) => bus.Transfer(TwinBench.Expander, [register], buffer, TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    private static List<string> Texts(TwinBench bench)
    {
        var decoder = new TraceDecoder(bench.Board.Description);
        return [.. bench.Board.Trace.Read(0, int.MaxValue).Select(decoder.Describe)];
    }
}
