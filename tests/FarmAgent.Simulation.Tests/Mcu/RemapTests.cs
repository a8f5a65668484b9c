using FarmAgent.Hardware.I2c;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Tests.Mcu;

/// <summary>AFIO moves peripherals to other pins (RM0008 section 9.3) and gives the debug pins away.</summary>
public sealed class RemapTests
{
    private const uint Remap = 0x4001_0004;

    [Theory]
    [InlineData(0u, I2cTransferStatus.AddressNack)]
    [InlineData(2u, I2cTransferStatus.Ok)]
    public void I2c1_OnABusAtPb8AndPb9_AnswersOnlyWhenRemapped(uint remap, I2cTransferStatus expected)
    {
        var seed = BenchFile.Seed() with { Clock = BenchClockMode.Lockstep };
        using var bench = new VirtualBench(seed with { Nets = [.. seed.Nets.Select(MoveBus)] });
        StartSlave(bench, remap);
        using var bus = bench.OpenBackend().OpenI2c("i2c0");
        Assert.Equal(expected, bus.Transfer(new I2cAddress(0x08), [], [], TimeSpan.FromMilliseconds(10)).Status);
    }

    // RM0008 section 31.4.3: until firmware gives them away, the JTAG pins are pulled by the debug port.
    [Fact]
    public void JtagPins_AfterReset_BelongToTheDebugPort()
    {
        using var dut = new ChipBench();
        dut.Write(0x4002_1018, 0xD);
        dut.Write(0x4001_0C00, 0x4442_4444);
        dut.Write(0x4001_0C10, 1 << 20);
        var before = dut.Read(0x4001_0C08) & (1 << 4);
        dut.Write(Remap, 2 << 24);
        Assert.Equal((1u << 4, 0u), (before, dut.Read(0x4001_0C08) & (1 << 4)));
    }

    [Fact]
    public void DebugPins_GivenAway_AreBackAfterAReset()
    {
        using var dut = new ChipBench();
        dut.Write(0x4002_1018, 1);
        dut.Write(Remap, 4 << 24);
        var given = dut.Chip.HasDebugPins;
        dut.PulseReset();
        Assert.Equal((false, true), (given, dut.Chip.HasDebugPins));
    }

    private static BenchNet MoveBus(BenchNet net) => net.Name switch
    {
        "SDA" => net with { Pins = ["PB9"] },
        "SCL" => net with { Pins = ["PB8"] },
        _ => net,
    };

    /// <summary>Enables I2C1 as slave 0x08 on both pairs of pins, without stretching because nobody serves it.</summary>
    private static void StartSlave(VirtualBench bench, uint remap)
    {
        foreach (var (address, value) in new (uint, uint)[]
        {
            (0x4002_1018, 9), (0x4002_101C, 1 << 21), (Remap, remap | (2 << 24)), (0x4001_0C00, 0xFF44_4444), (0x4001_0C04, 0x4444_44FF),
            (0x4000_5408, 0x4010), (0x4000_5400, 1), (0x4000_5400, 0x481),
        })
        {
            bench.Chip.Bus.Write(address, 4, value, Simulation.Bus.BusMaster.Debugger);
        }
    }
}
