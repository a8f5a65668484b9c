using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class Stm32F1GpioTests
{
    private const uint GpioA = 0x4001_0800;
    private const uint Crl = GpioA;
    private const uint Idr = GpioA + 0x08;
    private const uint Odr = GpioA + 0x0C;
    private const uint Bsrr = GpioA + 0x10;
    private const uint Brr = GpioA + 0x14;
    private const uint Lckr = GpioA + 0x18;

    [Theory]
    [InlineData(0x4444_4443u, 0u, PinDrive.Low, PinDrive.None)]
    [InlineData(0x4444_4443u, 1u, PinDrive.High, PinDrive.None)]
    [InlineData(0x4444_4447u, 0u, PinDrive.Low, PinDrive.None)]
    [InlineData(0x4444_4447u, 1u, PinDrive.None, PinDrive.None)]
    [InlineData(0x4444_4448u, 0u, PinDrive.None, PinDrive.PullDown)]
    [InlineData(0x4444_4448u, 1u, PinDrive.None, PinDrive.PullUp)]
    [InlineData(0x4444_4444u, 1u, PinDrive.None, PinDrive.None)]
    [InlineData(0x4444_4440u, 1u, PinDrive.None, PinDrive.None)]
    [InlineData(0x4444_444Bu, 1u, PinDrive.None, PinDrive.None)]
    public void Pin_InEachMode_DrivesItsWire(uint crl, uint odr, PinDrive drive, PinDrive pull)
    {
        using var dut = Port();
        dut.Write(Odr, odr);
        dut.Write(Crl, crl);
        var end = dut.Bench.GetNet("PA0").Endpoints.Single(e => e.Name == "dut:PA0");
        Assert.Equal((drive, pull), (end.Drive, end.Pull));
    }

    [Fact]
    public void Idr_FollowsTheWire()
    {
        using var dut = Port();
        dut.Bench.DriveNet("PA3", PinDrive.High);
        Assert.Equal(0x08u, dut.Read(Idr) & 0xFF);
    }

    [Fact]
    public void Idr_OfAnAnalogPin_ReadsZero()
    {
        using var dut = Port();
        dut.Write(Crl, 0x4444_0444);
        dut.Bench.DriveNet("PA3", PinDrive.High);
        Assert.Equal(0u, dut.Read(Idr) & 0x08);
    }

    [Fact]
    public void Bsrr_SetAndResetTogether_SetWins()
    {
        using var dut = Port();
        dut.Write(Bsrr, 0x0003_0001);
        Assert.Equal(1u, dut.Read(Odr));
    }

    [Fact]
    public void Brr_ResetsItsBitsOnly()
    {
        using var dut = Port();
        dut.Write(Odr, 0x000F);
        dut.Write(Brr, 0x0005);
        Assert.Equal(0x000Au, dut.Read(Odr));
    }

    [Fact]
    public void Lock_AfterItsSequence_KeepsTheConfiguration()
    {
        using var dut = Port();
        dut.Write(Lckr, 0x1_0001);
        dut.Write(Lckr, 0x0_0001);
        dut.Write(Lckr, 0x1_0001);
        dut.Read(Lckr);
        dut.Write(Crl, 0x4444_4433);
        Assert.Equal((0x1_0001u, 0x4444_4434u), (dut.Read(Lckr), dut.Read(Crl)));
    }

    [Fact]
    public void Lock_WithABrokenSequence_LocksNothing()
    {
        using var dut = Port();
        dut.Write(Lckr, 0x1_0001);
        dut.Write(Lckr, 0x0_0002);
        dut.Write(Lckr, 0x1_0001);
        dut.Read(Lckr);
        dut.Write(Crl, 0x4444_4433);
        Assert.Equal(0x4444_4433u, dut.Read(Crl));
    }

    [Fact]
    public void Reset_OfTheChip_LetsThePinsGo()
    {
        using var dut = Port();
        dut.Write(Odr, 1);
        dut.Write(Crl, 0x4444_4443);
        dut.PulseReset();
        Assert.Equal(PinDrive.None, dut.Bench.GetNet("PA0").Endpoints.Single(e => e.Name == "dut:PA0").Drive);
    }

    private static ChipBench Port()
    {
        var dut = new ChipBench();
        dut.Write(0x4002_1018, 0x0000_0005);
        return dut;
    }
}
