using FarmAgent.Hardware.I2c;

namespace FarmAgent.Simulation.Tests.Bench;

/// <summary>The expander written the way vendor code is: whole-word event compares turn any flag too much or too late into a dead bus.</summary>
public sealed class ExpanderHseFirmwareTests
{
    private const string Image = "expander-hse";
    private const byte Output = 1;

    [Fact]
    public void Boot_WithCrystal_RunsAt72Megahertz()
    {
        using var dut = new FirmwareBench(Image);
        Assert.Equal((72_000_000, 72_000_000, 18_000_000), dut.Bench.Chip.Frequencies);
    }

    [Fact]
    public void Read_Registers0And1_GivesTheMagic()
    {
        using var dut = new FirmwareBench(Image);
        Assert.Equal((0xBE, 0xEF), (dut.ReadRegister(0x00), dut.ReadRegister(0x01)));
    }

    [Fact]
    public void Read_ManyBytes_FeedsEachByteFromByteTransferFinished()
    {
        using var dut = new FirmwareBench(Image);
        var bytes = new byte[16];
        dut.I2c.Transfer(new I2cAddress(0x08), [0x00], bytes, TimeSpan.FromMilliseconds(100));
        Assert.Equal([0xBE, 0xEF, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], bytes);
    }

    [Fact]
    public void Write_ValueOfAnActiveOutput_ReachesTheHostsLine()
    {
        using var dut = new FirmwareBench(Image);
        using var line = dut.Backend.OpenGpio("PG11");
        dut.MapFirstGpio(pin: 0, Output);
        dut.WriteRegister(0x1B, 1);
        var high = line.Read();
        dut.WriteRegister(0x1B, 0);
        Assert.Equal((true, false), (high, line.Read()));
    }

    [Fact]
    public void Write_ManyRegistersAtOnce_PrintsEachInTheInterrupt()
    {
        using var dut = new FirmwareBench(Image);
        var status = dut.I2c.Transfer(new I2cAddress(0x08), [0x03, 0, 1, 2, 0, 1, 2, 0, 1], [], TimeSpan.FromMilliseconds(100)).Status;
        dut.Advance(20);
        Assert.Equal((I2cTransferStatus.Ok, 8), (status, dut.ReadLog().Split('\n').Count(line => line.StartsWith("reg 0x", StringComparison.Ordinal))));
    }

    [Fact]
    public void Serial_TextFollowedBySilence_ComesBack()
    {
        using var dut = new FirmwareBench(Image);
        dut.ReadLog();
        dut.Send("hello"u8);
        dut.Advance(100);
        Assert.Contains("received: hello", dut.ReadLog(), StringComparison.Ordinal);
    }

    [Fact]
    public void Notices_OfARunningImage_NameOnlyTheResetOfAnUnclockedUnit()
    {
        using var dut = new FirmwareBench(Image);
        dut.MapFirstGpio(pin: 0, Output);
        Assert.All(dut.Bench.Notices, notice => Assert.Equal("I2C1", notice.Source));
    }
}
