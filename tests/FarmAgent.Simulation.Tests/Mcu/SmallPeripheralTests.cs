using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class SmallPeripheralTests
{
    [Fact]
    public void Identity_OfTheChip_IsAnF103C8()
    {
        using var dut = new ChipBench();
        Assert.Equal((0x2003_6410u, 0xFFFF_0040u), (dut.Read(0xE004_2000), dut.Read(0x1FFF_F7E0)));
    }

    [Fact]
    public void UniqueId_IsTheBenchFiles()
    {
        using var dut = new ChipBench();
        Assert.Equal((0x05D9_FF34u, 0x4308_6719u), (dut.Read(0x1FFF_F7E8), dut.Read(0x1FFF_F7F0)));
    }

    [Fact]
    public void Crc_OfOneWord_IsThatOfThePolynomial()
    {
        using var dut = new ChipBench();
        dut.Write(0x4002_1014, 0x54);
        dut.Write(0x4002_3008, 1);
        dut.Write(0x4002_3000, 0x1234_5678);
        Assert.Equal(0xDF8A_8A2Bu, dut.Read(0x4002_3000));
    }

    [Fact]
    public void Watchdog_NotRefreshed_ResetsAndSaysSo()
    {
        using var dut = new ChipBench();
        dut.Write(0x4000_3000, 0xCCCC);
        dut.Advance(TimeSpan.FromMilliseconds(411));
        Assert.Equal(1u, (dut.Read(0x4002_1024) >> 29) & 1);
    }

    [Fact]
    public void Watchdog_Refreshed_LetsTheChipRun()
    {
        using var dut = new ChipBench();
        dut.Write(0x4000_3000, 0xCCCC);
        dut.Advance(TimeSpan.FromMilliseconds(300));
        dut.Write(0x4000_3000, 0xAAAA);
        dut.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(0u, (dut.Read(0x4002_1024) >> 29) & 1);
    }

    [Fact]
    public void Watchdog_PrescalerWithoutItsKey_IsKept()
    {
        using var dut = new ChipBench();
        dut.Write(0x4000_3004, 6);
        Assert.Equal(0u, dut.Read(0x4000_3004));
    }

    [Fact]
    public void Timer_Counting_ShowsCountAndUpdate()
    {
        using var dut = new ChipBench();
        dut.Write(0x4002_101C, 1);
        dut.Write(0x4000_0028, 7);
        dut.Write(0x4000_002C, 999);
        dut.Write(0x4000_0014, 1);
        dut.Write(0x4000_0010, 0);
        dut.Write(0x4000_0000, 1);
        dut.AdvanceMicroseconds(400);
        var count = dut.Read(0x4000_0024);
        var early = dut.Read(0x4000_0010);
        dut.AdvanceMicroseconds(700);
        Assert.Equal((400u, 0u, 1u), (count, early, dut.Read(0x4000_0010) & 1));
    }

    [Fact]
    public void Exti_RisingEdgeOnTheChosenPort_Pends()
    {
        using var dut = new ChipBench();
        dut.Write(0x4002_1018, 0x05);
        dut.Write(0x4001_0408, 1);
        dut.Bench.DriveNet("PA0", PinDrive.High);
        Assert.Equal(1u, dut.Read(0x4001_0414));
    }

    [Fact]
    public void Exti_FallingEdgeWhenOnlyRisingIsChosen_DoesNotPend()
    {
        using var dut = new ChipBench();
        dut.Bench.DriveNet("PA0", PinDrive.High);
        dut.Write(0x4001_0408, 1);
        dut.Bench.DriveNet("PA0", PinDrive.Low);
        Assert.Equal(0u, dut.Read(0x4001_0414));
    }

    [Fact]
    public void SystemMemory_Write_IsABusError()
    {
        using var dut = new ChipBench();
        Assert.Equal(Simulation.Bus.BusResponse.Error, dut.TryWrite(0x1FFF_F7E0, 0));
    }

    [Fact]
    public void DebugControl_SurvivesASystemReset()
    {
        using var dut = new ChipBench();
        dut.Write(0xE004_2004, 0x307);
        dut.PulseReset();
        Assert.Equal(0x307u, dut.Read(0xE004_2004));
    }

    [Fact]
    public void DebugControl_DoesNotSurvivePowerOff()
    {
        using var dut = new ChipBench();
        dut.Write(0xE004_2004, 0x307);
        dut.Bench.Faults.PowerOff();
        dut.Bench.Faults.PowerOn();
        Assert.Equal(0u, dut.Read(0xE004_2004));
    }
}
