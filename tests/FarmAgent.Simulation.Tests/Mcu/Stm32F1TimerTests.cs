namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class Stm32F1TimerTests : IDisposable
{
    private const uint Timer2 = 0x4000_0000;
    private const uint Timer1 = 0x4001_2C00;

    private readonly ChipBench _dut = new();

    public Stm32F1TimerTests()
    {
        _dut.Write(0x4002_101C, 7);
        _dut.Write(0x4002_1018, 0x81D);
    }

    public void Dispose() => _dut.Dispose();

    // A seventh of 8 MHz is no whole number of picoseconds: rounding would add up within a second.
    [Fact]
    public void Count_AfterASecond_IsExact()
    {
        Set(Timer2, reload: 0xFFFF, prescaler: 6);
        _dut.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(_dut.Read(Timer2 + 0x24), 8_000_000u / 7 % 0x1_0000 - 2, (8_000_000u / 7 % 0x1_0000) + 2);
    }

    [Fact]
    public void Down_CountsToZeroAndReloads()
    {
        Set(Timer2, reload: 999, prescaler: 7, control: 0x10);
        _dut.AdvanceMicroseconds(100);
        Assert.InRange(_dut.Read(Timer2 + 0x24), 897u, 901u);
    }

    [Fact]
    public void OnePulse_StopsAtTheUpdate()
    {
        Set(Timer2, reload: 99, prescaler: 7, control: 8);
        _dut.AdvanceMicroseconds(200);
        Assert.Equal((0u, 1u), (_dut.Read(Timer2) & 1, _dut.Read(Timer2 + 0x10) & 1));
    }

    [Fact]
    public void Compare_Match_RaisesItsFlagAndInterrupt()
    {
        _dut.Write(Timer2 + 0x38, 50);
        _dut.Write(Timer2 + 0x0C, 4);
        Set(Timer2, reload: 999, prescaler: 7);
        _dut.AdvanceMicroseconds(49);
        var before = _dut.Read(Timer2 + 0x10) & 4;
        _dut.AdvanceMicroseconds(2);
        Assert.Equal((0u, 4u, 1u << 28), (before, _dut.Read(Timer2 + 0x10) & 4, _dut.Read(0xE000_E200) & (1u << 28)));
    }

    [Theory]
    [InlineData(0x68, 0x10, true, false)]
    [InlineData(0x68, 0x30, false, true)]
    [InlineData(0x78, 0x10, false, true)]
    public void Pwm_DrivesThePinByCounterAndPolarity(uint mode, uint enable, bool early, bool late)
    {
        _dut.Write(0x4001_0800, 0x4444_44B4);
        _dut.Write(Timer2 + 0x18, mode << 8);
        _dut.Write(Timer2 + 0x20, enable);
        _dut.Write(Timer2 + 0x38, 250);
        _dut.Write(Timer2 + 0x14, 1);
        Set(Timer2, reload: 999, prescaler: 7);
        _dut.AdvanceMicroseconds(1100);
        var first = _dut.Bench.GetNet("PA1").Level;
        _dut.AdvanceMicroseconds(500);
        Assert.Equal((early, late), (first, _dut.Bench.GetNet("PA1").Level));
    }

    [Fact]
    public void Capture_OfTheHostsEdge_HoldsTheCount()
    {
        using var line = _dut.Bench.OpenBackend().OpenGpio("PG0");
        line.ConfigureOutput(initialHigh: false);
        _dut.Write(Timer2 + 0x18, 0x100);
        _dut.Write(Timer2 + 0x20, 0x10);
        Set(Timer2, reload: 0xFFFF, prescaler: 7);
        _dut.AdvanceMicroseconds(300);
        line.Write(high: true);
        _dut.AdvanceMicroseconds(300);
        Assert.InRange(_dut.Read(Timer2 + 0x38), 299u, 302u);
        Assert.Equal(4u, _dut.Read(Timer2 + 0x10) & 4);
    }

    // RM0008 section 14.3.11: an update comes after RCR + 1 overflows; the outputs wait for MOE.
    [Fact]
    public void Advanced_RepetitionCounter_SkipsUpdates()
    {
        _dut.Write(Timer1 + 0x30, 2);
        _dut.Write(Timer1 + 0x2C, 99);
        _dut.Write(Timer1 + 0x28, 7);
        _dut.Write(Timer1 + 0x14, 1);
        _dut.Write(Timer1 + 0x10, 0);
        _dut.Write(Timer1, 1);
        _dut.AdvanceMicroseconds(250);
        var early = _dut.Read(Timer1 + 0x10) & 1;
        _dut.AdvanceMicroseconds(100);
        Assert.Equal((0u, 1u), (early, _dut.Read(Timer1 + 0x10) & 1));
    }

    [Fact]
    public void Slave_Mode_IsNoticedByName()
    {
        _dut.Write(Timer2 + 0x08, 7);
        Assert.Contains(_dut.Bench.Notices, notice => notice.Text == "TIM2.SMCR.SMS was written");
    }

    private void Set(uint timer, uint reload, uint prescaler, uint control = 0)
    {
        _dut.Write(timer + 0x2C, reload);
        _dut.Write(timer + 0x28, prescaler);
        _dut.Write(timer, control);
        _dut.Write(timer + 0x14, 1);
        _dut.Write(timer + 0x10, 0);
        _dut.Write(timer, control | 1);
    }
}
