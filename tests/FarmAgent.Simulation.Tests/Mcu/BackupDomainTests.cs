namespace FarmAgent.Simulation.Tests.Mcu;

/// <summary>PWR, BKP, RTC and the watchdogs: what outlives a reset and what makes one.</summary>
public sealed class BackupDomainTests : IDisposable
{
    private const uint Power = 0x4000_7000;
    private const uint Backup = 0x4000_6C04;
    private const uint Clock = 0x4000_2800;
    private const uint DomainControl = 0x4002_1020;

    private readonly ChipBench _dut = new();

    public BackupDomainTests() => _dut.Write(0x4002_101C, (3 << 27) | (1 << 11));

    public void Dispose() => _dut.Dispose();

    [Fact]
    public void Backup_WhileNotUnlocked_TakesNothing()
    {
        _dut.Write(Backup, 0x1234);
        Assert.Equal(0u, _dut.Read(Backup));
    }

    [Fact]
    public void Backup_Unlocked_OutlivesAReset()
    {
        _dut.Write(Power, 0x100);
        _dut.Write(Backup, 0x1234);
        _dut.PulseReset();
        _dut.Write(0x4002_101C, 3 << 27);
        Assert.Equal(0x1234u, _dut.Read(Backup));
    }

    [Fact]
    public void Clock_OnLsi_CountsByItsPrescaler()
    {
        StartClock(prescaler: 399);
        _dut.Advance(TimeSpan.FromMilliseconds(95));
        Assert.Equal((9u, 1u), (_dut.Read(Clock + 0x1C), _dut.Read(Clock + 0x04) & 1));
    }

    [Fact]
    public void Clock_Alarm_ReachesExti17()
    {
        _dut.Write(0x4001_0408, 1 << 17);
        StartClock(prescaler: 399, alarm: 2);
        _dut.Advance(TimeSpan.FromMilliseconds(25));
        Assert.Equal((2u, 1u << 17), (_dut.Read(Clock + 0x04) & 2, _dut.Read(0x4001_0414)));
    }

    [Fact]
    public void Clock_OnTheCrystal_StartsAfterItsTime()
    {
        _dut.Write(Power, 0x100);
        _dut.Write(DomainControl, 1);
        _dut.Advance(TimeSpan.FromSeconds(2));
        var early = _dut.Read(DomainControl) & 2;
        _dut.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0u, 2u), (early, _dut.Read(DomainControl) & 2));
    }

    // RM0008 section 20.4: written while the counter is above the window, it resets the chip.
    [Theory]
    [InlineData(0x7F, true)]
    [InlineData(0x41, false)]
    public void WindowWatchdog_ReloadedAfter5Milliseconds_SurvivesInsideTheWindow(uint window, bool survives)
    {
        _dut.Write(0x4000_2C04, window);
        _dut.Write(0x4000_2C00, 0xFF);
        _dut.Advance(TimeSpan.FromMilliseconds(5));
        _dut.Write(0x4000_2C00, 0x7F);
        Assert.Equal(survives, (_dut.Read(0x4002_1024) & (1 << 30)) == 0);
    }

    [Fact]
    public void WindowWatchdog_NotFed_ResetsTheChip()
    {
        _dut.Write(0x4000_2C00, 0xFF);
        _dut.Advance(TimeSpan.FromMilliseconds(40));
        Assert.Equal(1u << 30, _dut.Read(0x4002_1024) & (1 << 30));
    }

    private void StartClock(uint prescaler, uint alarm = 0xFFFF)
    {
        _dut.Write(Power, 0x100);
        _dut.Write(0x4002_1024, 1);
        _dut.Write(DomainControl, 0x8200);
        _dut.Write(Clock + 0x04, 0x10);
        _dut.Write(Clock + 0x08, 0);
        _dut.Write(Clock + 0x0C, prescaler);
        _dut.Write(Clock + 0x20, 0);
        _dut.Write(Clock + 0x24, alarm);
        _dut.Write(Clock + 0x04, 0);
    }
}
