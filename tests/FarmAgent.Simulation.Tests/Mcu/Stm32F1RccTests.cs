namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class Stm32F1RccTests
{
    private const uint Control = 0x4002_1000;
    private const uint Configuration = 0x4002_1004;
    private const uint Status = 0x4002_1024;

    [Fact]
    public void Control_AfterReset_RunsOnHsi()
    {
        using var dut = new ChipBench();
        Assert.Equal((0x0000_0083u, 0u), (dut.Read(Control), dut.Read(Configuration)));
    }

    [Fact]
    public void Hse_SwitchedOn_IsReadyAfterItsStartUp()
    {
        using var dut = new ChipBench();
        dut.Write(Control, 0x0001_0083);
        var early = dut.Read(Control);
        dut.AdvanceMicroseconds(1_001);
        Assert.Equal((0x0001_0083u, 0x0003_0083u), (early, dut.Read(Control)));
    }

    [Fact]
    public void Switch_ToAClockThatIsNotReady_WaitsForIt()
    {
        using var dut = new ChipBench();
        dut.Write(Control, 0x0100_0083);
        dut.Write(Configuration, 2);
        var early = dut.Read(Configuration);
        dut.AdvanceMicroseconds(201);
        Assert.Equal((0x02u, 0x0Au), (early, dut.Read(Configuration)));
    }

    [Fact]
    public void Frequencies_OfHseTimesNine_Are72And36MHz()
    {
        using var dut = new ChipBench();
        dut.Write(Control, 0x0001_0083);
        dut.Write(Configuration, 0x001D_0400);
        dut.AdvanceMicroseconds(1_001);
        dut.Write(Control, 0x0101_0083);
        dut.AdvanceMicroseconds(201);
        dut.Write(Configuration, 0x001D_0402);
        Assert.Equal(0x001D_040Au, dut.Read(Configuration));
        Assert.Equal((72_000_000, 72_000_000, 36_000_000), Frequencies(dut));
    }

    [Fact]
    public void Oscillator_ThatDrivesTheSystem_CannotBeSwitchedOff()
    {
        using var dut = new ChipBench();
        dut.Write(Control, 0x80);
        Assert.Equal(0x83u, dut.Read(Control));
    }

    [Fact]
    public void Peripheral_WithoutClock_ReadsZeroAndTakesNoWrite()
    {
        using var dut = new ChipBench();
        dut.Write(0x4001_080C, 0xFFFF);
        var gated = dut.Read(0x4001_0800);
        dut.Write(0x4002_1018, 4);
        Assert.Equal((0u, 0x4444_4444u, 0u), (gated, dut.Read(0x4001_0800), dut.Read(0x4001_080C)));
    }

    [Fact]
    public void PeripheralReset_ByItsBit_ClearsRegisters()
    {
        using var dut = new ChipBench();
        dut.Write(0x4002_1018, 4);
        dut.Write(0x4001_080C, 0xFFFF);
        dut.Write(0x4002_100C, 4);
        dut.Write(0x4002_100C, 0);
        Assert.Equal(0u, dut.Read(0x4001_080C));
    }

    [Fact]
    public void ResetFlags_AfterPowerOnThenPin_ShowEachUntilRmvf()
    {
        using var dut = new ChipBench();
        var powerOn = dut.Read(Status) >> 24;
        dut.Write(Status, 1 << 24);
        var cleared = dut.Read(Status) >> 24;
        dut.PulseReset();
        Assert.Equal((0x0Cu, 0u, 0x04u), (powerOn, cleared, dut.Read(Status) >> 24));
    }

    [Fact]
    public void Unmodelled_Register_IsNoticedByName()
    {
        using var dut = new ChipBench();
        dut.Write(0x4000_6400, 0x7F);
        Assert.Contains(dut.Bench.Notices, n => n.Text == "CAN.MCR was written");
    }

    private static (int Sysclk, int Hclk, int Pclk1) Frequencies(ChipBench dut) => dut.Chip.Frequencies;
}
