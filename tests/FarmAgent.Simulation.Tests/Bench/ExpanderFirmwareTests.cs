using FarmAgent.Hardware.I2c;
using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Simulation.Tests.Bench;

public sealed class ExpanderFirmwareTests
{
    private const byte Output = 1;
    private const byte OutputHigh = 3;

    [Fact]
    public void Read_Registers0And1_GivesTheMagic()
    {
        using var dut = new FirmwareBench("expander");
        Assert.Equal((0xBE, 0xEF), (dut.ReadRegister(0x00), dut.ReadRegister(0x01)));
    }

    [Fact]
    public void Read_ManyBytes_CountsTheRegisterUp()
    {
        using var dut = new FirmwareBench("expander");
        var version = new byte[8];
        dut.I2c.Transfer(new I2cAddress(0x08), [0x30], version, TimeSpan.FromMilliseconds(100));
        Assert.Equal([1, 0, 1, 0], version[..4]);
    }

    [Fact]
    public void Write_ValueOfAnActiveOutput_ReachesTheHostsLine()
    {
        using var dut = new FirmwareBench("expander");
        using var line = dut.Backend.OpenGpio("PG11");
        dut.MapFirstGpio(pin: 0, Output);
        dut.WriteRegister(0x1B, 1);
        var high = line.Read();
        dut.WriteRegister(0x1B, 0);
        Assert.Equal((true, false), (high, line.Read()));
    }

    [Theory]
    [InlineData(0, "PG11")]
    [InlineData(1, "PG0")]
    [InlineData(2, "PG1")]
    [InlineData(3, "PG2")]
    [InlineData(4, "PG3")]
    [InlineData(5, "PG4")]
    [InlineData(6, "PG5")]
    [InlineData(7, "PG6")]
    public void Activate_OutputThatStartsHigh_RaisesTheWiredLine(byte pin, string host)
    {
        using var dut = new FirmwareBench("expander");
        using var line = dut.Backend.OpenGpio(host);
        var before = line.Read();
        dut.MapFirstGpio(pin, OutputHigh);
        Assert.Equal((false, true), (before, line.Read()));
    }

    [Fact]
    public void Read_ValueOfAnInput_FollowsTheHostsLine()
    {
        using var dut = new FirmwareBench("expander");
        using var line = dut.Backend.OpenGpio("203");
        dut.MapFirstGpio(pin: 0, config: 0);
        line.ConfigureOutput(initialHigh: true);
        var high = dut.ReadRegister(0x1B);
        line.Write(high: false);
        Assert.Equal((1, 0), (high, dut.ReadRegister(0x1B)));
    }

    [Fact]
    public void Log_AfterReset_IsReadable()
    {
        using var dut = new FirmwareBench("expander");
        Assert.StartsWith("expander 0.1.0 build ", dut.ReadLog(), StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_ToAnAbsentAddress_IsAnAddressNack()
    {
        using var dut = new FirmwareBench("expander");
        Assert.Equal(I2cTransferStatus.AddressNack, dut.I2c.Transfer(new I2cAddress(0x09), [0], [], TimeSpan.FromMilliseconds(100)).Status);
    }

    [Fact]
    public void Transfer_ToBlinky_IsAnAddressNack()
    {
        using var dut = new FirmwareBench("blinky");
        Assert.Equal(I2cTransferStatus.AddressNack, dut.I2c.Transfer(new I2cAddress(0x08), [0], [], TimeSpan.FromMilliseconds(100)).Status);
    }

    [Fact]
    public void Led_OfBlinky_ChangesWithinASecond()
    {
        using var dut = new FirmwareBench("blinky");
        var levels = new HashSet<bool>();
        for (var sample = 0; sample < 40; sample++)
        {
            dut.Advance(50);
            levels.Add(dut.Bench.GetNet("LED").Level);
        }

        Assert.Equal(2, levels.Count);
    }

    [Fact]
    public void Reset_InTheMiddleOfATransfer_LeavesTheBusFree()
    {
        using var dut = new FirmwareBench("expander");
        dut.Bench.DriveNet("NRST", PinDrive.Low);
        dut.Advance(1);
        var duringReset = dut.I2c.Transfer(new I2cAddress(0x08), [0], [], TimeSpan.FromMilliseconds(100)).Status;
        dut.Bench.DriveNet("NRST", PinDrive.None);
        dut.Advance(60);
        Assert.Equal((I2cTransferStatus.AddressNack, 0xBE), (duringReset, dut.ReadRegister(0)));
    }

    [Fact]
    public void Notices_OfARunningExpander_NameNothingUnmodelled()
    {
        using var dut = new FirmwareBench("expander");
        dut.ReadRegister(0);
        Assert.Empty(dut.Bench.Notices);
    }
}
