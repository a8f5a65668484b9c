using FarmAgent.Hardware.I2c;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Tests.Bench;
using FarmAgent.Simulation.Tests.Faults;
using FarmAgent.Simulation.Time;
using FarmAgent.Simulation.Tracing;

namespace FarmAgent.Simulation.Tests.Tracing;

public sealed class BenchTraceTests
{
    [Fact]
    public void Trace_OfAProbeCommand_HasBothTransfers()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        using var host = new StLinkHost(bench);
        bench.Trace.Start();
        host.Ask(6, 0xF1);
        Assert.Equal(
            ["0.000170000000 usb 02 >f1000000000000000000000000000000 OK", "0.000340000000 usb 81 <294783044837 OK"],
            bench.Trace.List().Select(r => r.ToString()));
    }

    [Fact]
    public void Trace_OfAnI2cTransfer_HasAddressBytesAndOutcome()
    {
        using var firmware = new FirmwareBench("expander");
        firmware.Bench.Trace.Start();
        firmware.ReadRegister(0);
        firmware.I2c.Transfer(new I2cAddress(0x22), [1], [], TimeSpan.FromMilliseconds(25));
        Assert.Equal(
            ["i2c0 0x08 >00 <be Ok", "i2c0 0x22 >01 AddressNack"],
            firmware.Bench.Trace.List().Where(r => r.Channel == TraceChannel.I2c).Select(r => r.ToString()[19..]));
    }

    [Fact]
    public void Trace_OfAPinThatFirmwareDrives_HasItsLevels()
    {
        using var firmware = new FirmwareBench("expander");
        firmware.Bench.Trace.Start();
        firmware.MapFirstGpio(0, 1);
        firmware.WriteRegister(0x1B, 1);
        firmware.WriteRegister(0x1B, 0);
        Assert.All(firmware.Bench.Trace.List().Where(r => r.Channel == TraceChannel.Net && r.Source == "PA0"), r => Assert.Contains(r.Outcome, new[] { "0", "1" }));
    }

    [Fact]
    public void Trace_TwoBenchesDoTheSame_IsTheSameByteForByte() => Assert.Equal(RunOnce(), RunOnce());

    [Fact]
    public void Trace_OverItsCapacity_DropsTheOldest()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        using var host = new StLinkHost(bench);
        bench.Trace.Start(capacity: 1_000);
        for (var count = 0; count < 20; count++)
        {
            host.Ask(6, 0xF1);
        }

        Assert.InRange(bench.Trace.List().Count, 5, 10);
        Assert.Equal(40, bench.Trace.List().Count + bench.Trace.Dropped);
    }

    [Fact]
    public void Trace_Stopped_KeepsWhatItHas()
    {
        using var bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        using var host = new StLinkHost(bench);
        bench.Trace.Start();
        host.Ask(6, 0xF1);
        bench.Trace.Stop();
        host.Ask(6, 0xF1);
        Assert.Equal(2, bench.Trace.List().Count);
    }

    private static string RunOnce()
    {
        using var firmware = new FirmwareBench("expander");
        firmware.Bench.Trace.Start();
        using var host = new StLinkHost(firmware.Bench);
        for (byte register = 0; register < 8; register++)
        {
            firmware.ReadRegister(register);
        }

        firmware.Send("help\r"u8);
        firmware.Advance(20);
        host.PrepareProgramming();
        return string.Join('\n', firmware.Bench.Trace.List());
    }
}
