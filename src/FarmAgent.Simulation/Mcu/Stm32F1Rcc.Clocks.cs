using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Oscillators, PLL and the switch between them.</summary>
internal sealed partial class Stm32F1Rcc
{
    private const uint HsiOn = 1 << 0;
    private const uint HsiReady = 1 << 1;
    private const uint HseOn = 1 << 16;
    private const uint HseReady = 1 << 17;
    private const uint PllOn = 1 << 24;
    private const uint PllReady = 1 << 25;
    private const uint PllSettings = 0x003F_0000;
    private const uint SwitchMask = 3;
    private const uint SwitchStatusMask = 3 << 2;

    private const int ClockInterrupt = 5;
    private const uint LsiReadyFlag = 1 << 0;
    private const uint LseReadyFlag = 1 << 1;
    private const uint HsiReadyFlag = 1 << 2;
    private const uint HseReadyFlag = 1 << 3;
    private const uint PllReadyFlag = 1 << 4;

    private const uint SourceHsi = 0;
    private const uint SourceHse = 1;
    private const uint SourcePll = 2;

    // Start-up times of DS5319 tables 22 to 25: an 8 MHz crystal needs about a millisecond, HSI and PLL their maximum.
    private const long HsiStartUp = 2 * BenchTime.Microsecond;
    private const long HseStartUp = BenchTime.Millisecond;
    private const long PllLock = 200 * BenchTime.Microsecond;

    private readonly Dictionary<uint, IDisposable> _startUps = [];

    private uint SwitchStatus => (_configuration.Value & SwitchStatusMask) >> 2;

    private Register DefineControl() => _map.Define("CR", 0x00, HsiOn | HsiReady | 0x80)
        .Field("HSION", 0).Field("HSIRDY", 1, access: FieldAccess.ReadOnly).Field("HSITRIM", 3, 5).Field("HSICAL", 8, 8, FieldAccess.ReadOnly)
        .Field("HSEON", 16).Field("HSERDY", 17, access: FieldAccess.ReadOnly).Field("HSEBYP", 18).Tagged("CSSON", 19)
        .Field("PLLON", 24).Field("PLLRDY", 25, access: FieldAccess.ReadOnly)
        .OnWrite((_, _) => WriteClockControl());

    private Register DefineConfiguration() => _map.Define("CFGR", 0x04)
        .Field("SW", 0, 2).Field("SWS", 2, 2, FieldAccess.ReadOnly).Field("HPRE", 4, 4).Field("PPRE1", 8, 3).Field("PPRE2", 11, 3)
        .Field("ADCPRE", 14, 2).Field("PLLSRC", 16).Field("PLLXTPRE", 17).Field("PLLMUL", 18, 4).Field("USBPRE", 22).Tagged("MCO", 24, 3)
        .OnWrite((previous, _) => WriteConfiguration(previous));

    private Register DefineInterrupts() => _map.Define("CIR", 0x08)
        .Field("LSIRDYF to PLLRDYF", 0, 5, FieldAccess.ReadOnly).Field("CSSF", 7, access: FieldAccess.ReadOnly).Field("LSIRDYIE to PLLRDYIE", 8, 5)
        .Field("LSIRDYC to PLLRDYC", 16, 5, FieldAccess.WriteOnly).Field("CSSC", 23, access: FieldAccess.WriteOnly)
        .OnWrite((_, written) =>
        {
            _clockInterrupts.Value &= ~((written >> 16) & 0x9F);
            UpdateClockInterrupt();
        });

    /// <summary>An oscillator has become ready: its flag tells, if its interrupt is enabled (RM0008 section 7.3.3).</summary>
    private void NoteReady(uint flag)
    {
        _clockInterrupts.Value |= flag & (_clockInterrupts.Value >> 8);
        UpdateClockInterrupt();
    }

    private void UpdateClockInterrupt() => _interrupts.SetLevel(ClockInterrupt, (_clockInterrupts.Value & 0x9F) != 0);

    /// <summary>Leaves Stop: on HSI, with HSE and PLL off (RM0008 section 5.3.5).</summary>
    public void LeaveStop()
    {
        CancelStartUps();
        _control.Value = (_control.Value & ~(HseOn | HseReady | PllOn | PllReady)) | HsiOn | HsiReady;
        _configuration.Value &= ~(SwitchMask | SwitchStatusMask);
        ApplyClocks();
    }

    private void WriteClockControl()
    {
        // Hardware keeps the oscillator that drives the system running (RM0008 section 7.3.1).
        var source = SwitchStatus;
        var usesPll = source == SourcePll;
        var usesHse = source == SourceHse || (usesPll && _configuration.Has(1 << 16));
        _control.Value |= usesPll ? PllOn : 0;
        _control.Value |= usesHse ? HseOn : 0;
        _control.Value |= source == SourceHsi || (usesPll && !usesHse) ? HsiOn : 0;

        StartOrStop(HsiOn, HsiReady, HsiStartUp, canStart: true);
        StartOrStop(HseOn, HseReady, HseStartUp, canStart: _hseHertz > 0);
        StartOrStop(PllOn, PllReady, PllLock, canStart: true);
        ApplyClocks();
    }

    private void StartOrStop(uint on, uint ready, long startUp, bool canStart)
    {
        if (!_control.Has(on))
        {
            _control.Assign(ready, false);
            CancelStartUp(ready);
        }
        else if (canStart && !_control.Has(ready) && !_startUps.ContainsKey(ready))
        {
            _startUps[ready] = _timeline.Schedule(_timeline.Now + startUp, () =>
            {
                _startUps.Remove(ready);
                _control.Assign(ready, true);
                NoteReady(ready == HsiReady ? HsiReadyFlag : ready == HseReady ? HseReadyFlag : PllReadyFlag);
                ApplyClocks();
            });
        }
    }

    private void CancelStartUp(uint ready)
    {
        if (_startUps.Remove(ready, out var startUp))
        {
            startUp.Dispose();
        }
    }

    private void CancelStartUps()
    {
        CancelStartUp(HsiReady);
        CancelStartUp(HseReady);
        CancelStartUp(PllReady);
    }

    private void WriteConfiguration(uint previous)
    {
        if (_control.Has(PllOn) && ((previous ^ _configuration.Value) & PllSettings) != 0)
        {
            _notices.Add(Name, "PLL settings were written while the PLL is on; they are kept");
            _configuration.Value = (_configuration.Value & ~PllSettings) | (previous & PllSettings);
        }

        ApplyClocks();
    }

    /// <summary>Lets SWS follow SW where the source is ready, and works the frequencies out.</summary>
    private void ApplyClocks()
    {
        var wanted = _configuration.Value & SwitchMask;
        var ready = wanted switch
        {
            SourceHsi => _control.Has(HsiReady),
            SourceHse => _control.Has(HseReady),
            SourcePll => _control.Has(PllReady),
            _ => false,
        };
        if (ready)
        {
            _configuration.Value = (_configuration.Value & ~SwitchStatusMask) | (wanted << 2);
        }

        var sysclk = SwitchStatus switch
        {
            SourceHse => _hseHertz,
            SourcePll => PllHertz(),
            _ => ClockTree.HsiHertz,
        };
        var hclk = Math.Max(1, sysclk / AhbDivider((_configuration.Value >> 4) & 0xF));
        _clocks.Set(sysclk, hclk, hclk / ApbDivider((_configuration.Value >> 8) & 7), hclk / ApbDivider((_configuration.Value >> 11) & 7));
    }

    private int PllHertz()
    {
        var input = !_configuration.Has(1 << 16) ? ClockTree.HsiHertz / 2 : _configuration.Has(1 << 17) ? _hseHertz / 2 : _hseHertz;
        var factor = Math.Min(16, (int)((_configuration.Value >> 18) & 0xF) + 2);
        return Math.Max(1, input * factor);
    }

    private static int AhbDivider(uint code) => code < 8 ? 1 : code < 12 ? 2 << (int)(code - 8) : 4 << (int)(code - 8);

    private static int ApbDivider(uint code) => code < 4 ? 1 : 2 << (int)(code - 4);
}
