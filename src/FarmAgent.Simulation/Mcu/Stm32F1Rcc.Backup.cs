using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>The backup domain's clock (RM0008 section 7.3.9): a 32.768 kHz crystal, the clock of the RTC, the reset of the domain.</summary>
internal sealed partial class Stm32F1Rcc
{
    private const uint LowSpeedOn = 1 << 0;
    private const uint LowSpeedReady = 1 << 1;
    private const uint ClockEnable = 1 << 15;
    private const uint DomainReset = 1 << 16;
    // HSIRDY has the bit of LSERDY, in another register.
    private const uint LseStartUpKey = LowSpeedReady | DomainReset;
    private const int LseHertz = 32_768;
    private const int LsiHertz = 40_000;

    // DS5319 table 23: 2.5 s at 25 degrees.
    private const long LseStartUp = 2_500 * BenchTime.Millisecond;

    /// <summary>Whether PWR lets the domain be written.</summary>
    public Func<bool>? IsBackupWritable { get; set; }

    /// <summary>Told the clock of the RTC in Hz; 0 for none.</summary>
    public Action<int>? RealTimeClockChanged { get; set; }

    /// <summary>Called when BDRST resets the domain.</summary>
    public Action? BackupReset { get; set; }

    /// <summary>Clock of the ADCs in Hz.</summary>
    public int AdcHertz => _clocks.Pclk2 / (2 * (int)(((_configuration.Value >> 14) & 3) + 1));

    private Register DefineBackup() => _map.Define("BDCR", 0x20).SurvivesSystemReset()
        .Field("LSEON", 0).Field("LSERDY", 1, access: FieldAccess.ReadOnly).Tagged("LSEBYP", 2).Field("RTCSEL", 8, 2).Field("RTCEN", 15).Field("BDRST", 16)
        .OnWrite((previous, _) => WriteBackup(previous));

    private void WriteBackup(uint previous)
    {
        if (IsBackupWritable?.Invoke() != true)
        {
            _backup.Value = previous;
            _notices.Add(Name, "BDCR was written while PWR_CR.DBP is 0: the write has no effect");
            return;
        }

        if (_backup.Has(DomainReset))
        {
            _backup.Value = DomainReset;
            CancelStartUp(LseStartUpKey);
            BackupReset?.Invoke();
            return;
        }

        if (!_backup.Has(LowSpeedOn))
        {
            _backup.Value &= ~LowSpeedReady;
            CancelStartUp(LseStartUpKey);
        }
        else if (!_backup.Has(LowSpeedReady) && !_startUps.ContainsKey(LseStartUpKey))
        {
            _startUps[LseStartUpKey] = _timeline.Schedule(_timeline.Now + LseStartUp, () =>
            {
                _startUps.Remove(LseStartUpKey);
                _backup.Value |= LowSpeedReady;
                NoteReady(LseReadyFlag);
                ApplyRealTimeClock();
            });
        }

        ApplyRealTimeClock();
    }

    private void ApplyRealTimeClock()
    {
        var hertz = ((_backup.Value >> 8) & 3) switch
        {
            1 => _backup.Has(LowSpeedReady) ? LseHertz : 0,
            2 => _status.Has(1 << 1) ? LsiHertz : 0,
            3 => _control.Has(HseReady) ? _hseHertz / 128 : 0,
            _ => 0,
        };
        RealTimeClockChanged?.Invoke(_backup.Has(ClockEnable) ? hertz : 0);
    }
}
