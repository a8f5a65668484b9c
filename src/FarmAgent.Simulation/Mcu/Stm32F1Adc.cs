using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// ADC1 or ADC2 (RM0008 section 11): calibration, regular sequences by software, single, scan and continuous, with their times, interrupt and DMA
/// request; injected ones by software. Triggers by timers, dual modes and discontinuous mode are tagged.
/// </summary>
internal sealed partial class Stm32F1Adc : GatedPeripheral
{
    private const uint Ready = 1 << 0;
    private const uint Continuous = 1 << 1;
    private const uint Calibrate = 1 << 2;
    private const uint ResetCalibration = 1 << 3;
    private const uint UseDma = 1 << 8;
    private const uint AlignLeft = 1 << 11;
    private const uint InjectedTrigger = 1 << 15;
    private const uint ExternalTrigger = 1 << 20;
    private const uint InjectedStart = 1 << 21;
    private const uint RegularStart = 1 << 22;
    private const uint InternalChannels = 1 << 23;
    private const uint SoftwareTrigger = 7;

    private const uint EndOfConversion = 1 << 1;
    private const uint InjectedEnd = 1 << 2;
    private const uint InjectedStarted = 1 << 3;
    private const uint RegularStarted = 1 << 4;
    private const uint WatchdogEvent = 1 << 0;
    private const uint EndInterrupt = 1 << 5;
    private const uint WatchdogInterrupt = 1 << 6;
    private const uint InjectedInterrupt = 1 << 7;
    private const uint Scan = 1 << 8;

    private readonly IBenchTimeline _timeline;
    private readonly Func<int> _clock;
    private readonly AdcInputs _inputs;
    private readonly Register _status;
    private readonly Register _control1;
    private readonly Register _control2;
    private readonly Register[] _sampleTimes = new Register[2];
    private readonly Register[] _sequence = new Register[3];
    private readonly Register[] _injectedData = new Register[4];
    private readonly Register _injectedSequence;
    private readonly Register _high;
    private readonly Register _low;
    private readonly Register _data;

    /// <summary>Makes a converter that is off.</summary>
    /// <param name="name">ADC1 or ADC2.</param>
    /// <param name="timeline">Where conversions take their time.</param>
    /// <param name="clock">Its clock in Hz.</param>
    /// <param name="inputs">What it measures.</param>
    /// <param name="notices">Where to note what is not modelled.</param>
    public Stm32F1Adc(string name, IBenchTimeline timeline, Func<int> clock, AdcInputs inputs, NoticeBoard notices)
        : base(name, notices)
    {
        _timeline = timeline;
        _clock = clock;
        _inputs = inputs;
        _status = Map.Define("SR", 0x00)
            .Field("AWD", 0, access: FieldAccess.WriteZeroToClear).Field("EOC", 1, access: FieldAccess.WriteZeroToClear)
            .Field("JEOC", 2, access: FieldAccess.WriteZeroToClear).Field("JSTRT", 3, access: FieldAccess.WriteZeroToClear)
            .Field("STRT", 4, access: FieldAccess.WriteZeroToClear).OnWrite((_, _) => Update());
        _control1 = Map.Define("CR1", 0x04)
            .Field("AWDCH", 0, 5).Field("EOCIE", 5).Field("AWDIE", 6).Field("JEOCIE", 7).Field("SCAN", 8).Field("AWDSGL", 9).Tagged("JAUTO", 10).Tagged("DISCEN", 11)
            .Tagged("JDISCEN", 12).Tagged("DISCNUM", 13, 3).Tagged("DUALMOD", 16, 4).Tagged("JAWDEN", 22).Field("AWDEN", 23).OnWrite((_, _) => Update());
        _control2 = Map.Define("CR2", 0x08)
            .Field("ADON", 0).Field("CONT", 1).Field("CAL", 2, access: FieldAccess.SetOnly).Field("RSTCAL", 3, access: FieldAccess.SetOnly).Field("DMA", 8).Field("ALIGN", 11)
            .Field("JEXTSEL", 12, 3).Field("JEXTTRIG", 15).Field("EXTSEL", 17, 3).Field("EXTTRIG", 20).Field("JSWSTART", 21, access: FieldAccess.SetOnly)
            .Field("SWSTART", 22, access: FieldAccess.SetOnly).Field("TSVREFE", 23)
            .OnWrite(WriteControl);
        _sampleTimes[1] = Map.Define("SMPR1", 0x0C).Field("SMP10 to SMP17", 0, 24);
        _sampleTimes[0] = Map.Define("SMPR2", 0x10).Field("SMP0 to SMP9", 0, 30);
        for (var index = 0u; index < 4; index++)
        {
            Map.Define($"JOFR{index + 1}", 0x14 + (4 * index)).Tagged("JOFFSET", 0, 12);
            _injectedData[index] = Map.Define($"JDR{index + 1}", 0x3C + (4 * index)).Field("JDATA", 0, 16, FieldAccess.ReadOnly);
        }

        _high = Map.Define("HTR", 0x24, 0xFFF).Field("HT", 0, 12);
        _low = Map.Define("LTR", 0x28).Field("LT", 0, 12);
        for (var index = 0; index < _sequence.Length; index++)
        {
            _sequence[index] = Map.Define($"SQR{index + 1}", 0x2C + (4 * (uint)index)).Field("SQ", 0, index == 0 ? 24 : 30);
        }

        _injectedSequence = Map.Define("JSQR", 0x38).Field("JSQ", 0, 22);
        _data = Map.Define("DR", 0x4C).Field("DATA", 0, 16, FieldAccess.ReadOnly).Field("ADC2DATA", 16, 16, FieldAccess.ReadOnly).OnRead(ReadData);
    }

    /// <summary>Asks for each regular conversion to be taken.</summary>
    public DmaRequest Request { get; } = new();

    /// <summary>Told whether it asks for the interrupt, which both converters share.</summary>
    public Action<bool>? InterruptChanged { get; set; }

    /// <inheritdoc/>
    public override void Reset(bool powerOn)
    {
        base.Reset(powerOn);
        StopConversions();
        Update();
    }

    private void WriteControl(uint previous, uint written)
    {
        var wasOn = (previous & Ready) != 0;
        if (!_control2.Has(Ready))
        {
            _control2.Value &= ~(RegularStart | InjectedStart | Calibrate | ResetCalibration);
            StopConversions();
            return;
        }

        if (_control2.Has(Calibrate | ResetCalibration))
        {
            StartCalibration();
        }

        // Writing ADON again, and nothing else, starts a conversion too (RM0008 section 11.12.3).
        var startsByOn = wasOn && ((previous ^ written) & ~(RegularStart | InjectedStart | Calibrate | ResetCalibration)) == 0
            && (written & (RegularStart | InjectedStart | Calibrate | ResetCalibration)) == 0;
        if (startsByOn || StartsBySoftware(written, RegularStart, ExternalTrigger, 17))
        {
            StartRegular();
        }

        if (StartsBySoftware(written, InjectedStart, InjectedTrigger, 12))
        {
            StartInjected();
        }
    }

    private bool StartsBySoftware(uint written, uint start, uint trigger, int selectionBit) =>
        (written & start) != 0 && _control2.Has(trigger) && ((_control2.Value >> selectionBit) & 7) == SoftwareTrigger;

    private uint ReadData(uint value)
    {
        _status.Value &= ~EndOfConversion;
        Update();
        return value;
    }

    private void Update()
    {
        Request.IsActive = _control2.Has(UseDma) && _status.Has(EndOfConversion);
        InterruptChanged?.Invoke(
            (_status.Has(EndOfConversion) && _control1.Has(EndInterrupt))
            || (_status.Has(WatchdogEvent) && _control1.Has(WatchdogInterrupt))
            || (_status.Has(InjectedEnd) && _control1.Has(InjectedInterrupt)));
    }
}
