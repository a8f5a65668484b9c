using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>
/// TIM1 to TIM4 (RM0008 sections 14 and 15): up or down counter with prescaler and reload, four compare outputs or capture inputs, their
/// interrupts and DMA requests. Centre-aligned counting, slave modes, complementary outputs and break are tagged.
/// </summary>
internal sealed partial class Stm32F1Timer : GatedPeripheral
{
    private const int Channels = 4;
    private const uint CounterEnable = 1 << 0;
    private const uint UpdateDisable = 1 << 1;
    private const uint OnlyOverflow = 1 << 2;
    private const uint OnePulse = 1 << 3;
    private const uint Downwards = 1 << 4;
    private const uint Preload = 1 << 7;
    private const uint UpdateFlag = 1 << 0;
    private const uint CompareFlags = 0x1E;
    private const uint TriggerFlags = 0x60;
    private const uint UpdateDma = 1 << 8;
    private const uint MainOutput = 1 << 15;

    private readonly TimerDescription _description;
    private readonly IBenchTimeline _timeline;
    private readonly IInterruptLines _interrupts;
    private readonly ClockTree _clocks;
    private readonly Func<int> _clock;
    private readonly Register _control;
    private readonly Register _enable;
    private readonly Register _status;
    private readonly Register _counter;
    private readonly Register _prescaler;
    private readonly Register _reload;
    private readonly Register? _repetition;
    private readonly Register? _break;
    private readonly Register[] _compare = new Register[Channels];
    private readonly TimerChannel[] _channels = new TimerChannel[Channels];

    /// <summary>Makes a stopped timer without pins.</summary>
    /// <param name="description">Which one.</param>
    /// <param name="timeline">Where it counts.</param>
    /// <param name="interrupts">Where its interrupts go.</param>
    /// <param name="clocks">Told of changes of frequency.</param>
    /// <param name="clock">Its clock in Hz.</param>
    /// <param name="notices">Where to note what is not modelled.</param>
    public Stm32F1Timer(
        TimerDescription description, IBenchTimeline timeline, IInterruptLines interrupts, ClockTree clocks, Func<int> clock, NoticeBoard notices)
        : base(description.Name, notices)
    {
        _description = description;
        _timeline = timeline;
        _interrupts = interrupts;
        _clocks = clocks;
        _clock = clock;
        _control = Map.Define("CR1", 0x00)
            .Field("CEN", 0).Field("UDIS", 1).Field("URS", 2).Field("OPM", 3).Field("DIR", 4).Tagged("CMS", 5, 2).Field("ARPE", 7).Tagged("CKD", 8, 2)
            .OnWrite((previous, _) => WriteControl(previous));
        Map.Define("CR2", 0x04).Tagged("CCPC", 0).Tagged("CCUS", 2).Tagged("CCDS", 3).Tagged("MMS", 4, 3).Tagged("TI1S", 7).Tagged("OIS", 8, 7);
        Map.Define("SMCR", 0x08).Tagged("SMS", 0, 3).Tagged("TS", 4, 3).Tagged("MSM", 7).Tagged("ETF", 8, 4).Tagged("ETPS", 12, 2).Tagged("ECE", 14).Tagged("ETP", 15);
        _enable = Map.Define("DIER", 0x0C)
            .Field("UIE", 0).Field("CCIE", 1, 4).Field("COMIE", 5).Field("TIE", 6).Field("BIE", 7).Field("UDE", 8).Field("CCDE", 9, 4).Tagged("COMDE", 13).Tagged("TDE", 14)
            .OnWrite((_, _) => Recount());
        _status = Map.Define("SR", 0x10)
            .Field("UIF", 0, access: FieldAccess.WriteZeroToClear).Field("CCIF", 1, 4, FieldAccess.WriteZeroToClear)
            .Field("COMIF", 5, access: FieldAccess.WriteZeroToClear).Field("TIF", 6, access: FieldAccess.WriteZeroToClear)
            .Field("BIF", 7, access: FieldAccess.WriteZeroToClear).Field("CCOF", 9, 4, FieldAccess.WriteZeroToClear)
            .OnRead(_ => ReadStatus()).OnWrite((previous, written) => WriteStatus(previous, written));
        Map.Define("EGR", 0x14).Field("UG", 0, access: FieldAccess.WriteOnly).Field("CCG", 1, 4, FieldAccess.WriteOnly)
            .Field("COMG", 5, access: FieldAccess.WriteOnly).Field("TG", 6, access: FieldAccess.WriteOnly).Field("BG", 7, access: FieldAccess.WriteOnly)
            .OnWrite((_, written) => Generate(written));
        var modes = new[] { DefineMode("CCMR1", 0x18), DefineMode("CCMR2", 0x1C) };
        var outputs = Map.Define("CCER", 0x20);
        for (var channel = 0; channel < Channels; channel++)
        {
            outputs.Field($"CC{channel + 1}E", 4 * channel).Field($"CC{channel + 1}P", (4 * channel) + 1).Tagged($"CC{channel + 1}N", (4 * channel) + 2, 2);
        }

        outputs.OnWrite((_, _) => Recount());
        _counter = Map.Define("CNT", 0x24).Field("CNT", 0, 16).OnRead(_ => Count()).OnWrite((_, written) => WriteCounter(written));
        _prescaler = Map.Define("PSC", 0x28).Field("PSC", 0, 16).OnWrite((_, _) => Recount());
        _reload = Map.Define("ARR", 0x2C, 0xFFFF).Field("ARR", 0, 16).OnWrite((previous, _) => WriteReload(previous));
        for (var channel = 0; channel < Channels; channel++)
        {
            _compare[channel] = Map.Define($"CCR{channel + 1}", 0x34 + (4 * (uint)channel)).Field("CCR", 0, 16).OnWrite((_, _) => Recount());
            _channels[channel] = new TimerChannel(modes[channel / 2], outputs, _compare[channel], channel);
        }

        if (description.IsAdvanced)
        {
            _repetition = Map.Define("RCR", 0x30).Field("REP", 0, 8);
            _break = Map.Define("BDTR", 0x44).Tagged("DTG", 0, 8).Tagged("LOCK", 8, 2).Tagged("OSSI", 10).Tagged("OSSR", 11).Tagged("BKE", 12).Tagged("BKP", 13)
                .Tagged("AOE", 14).Field("MOE", 15).OnWrite((_, _) => Recount());
        }

        Map.Define("DCR", 0x48).Tagged("DBA", 0, 5).Tagged("DBL", 8, 5);
        Map.Define("DMAR", 0x4C).Tagged("DMAB", 0, 16);
        clocks.Changing += Synchronize;
        clocks.Changed += Rebase;
    }

    /// <summary>Asks for a transfer at each update.</summary>
    public DmaRequest UpdateRequest { get; } = new(isPulse: true);

    /// <summary>The requests of the four channels.</summary>
    public IReadOnlyList<DmaRequest> CompareRequests => [.. _channels.Select(c => c.Request)];

    /// <summary>Gives the four channels their pins.</summary>
    public void Route(IReadOnlyList<GpioPin> pins)
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            _channels[channel].Route(pins[channel]);
        }
    }

    /// <inheritdoc/>
    public override void Reset(bool powerOn)
    {
        base.Reset(powerOn);
        ForgetCount();
        foreach (var channel in _channels)
        {
            channel.Reset();
        }

        UpdateRequest.IsActive = false;
        UpdateInterrupts();
    }

    private Register DefineMode(string name, uint offset) => Map.Define(name, offset)
        .Field("CCxS low", 0, 2).Field("fast, preload, mode low", 2, 6).Field("CCxS high", 8, 2).Field("fast, preload, mode high", 10, 6)
        .OnWrite((_, _) => Recount());

    private uint ReadStatus()
    {
        Synchronize();
        return _status.Value;
    }

    private void WriteStatus(uint previous, uint written)
    {
        // What has happened up to now is cleared too where the write says so.
        _status.Value = previous;
        Synchronize();
        _status.Value &= written;
        UpdateInterrupts();
    }

    private void Raise(uint flags)
    {
        _status.Value |= flags;
        if ((flags & UpdateFlag) != 0 && _enable.Has(UpdateDma))
        {
            UpdateRequest.IsActive = true;
        }

        foreach (var channel in _channels)
        {
            if ((flags & channel.Flag) != 0 && _enable.Has(channel.Flag << 8))
            {
                channel.Request.IsActive = true;
            }
        }
    }

    private void UpdateInterrupts()
    {
        var asks = _status.Value & _enable.Value;
        if (!_description.IsAdvanced)
        {
            _interrupts.SetLevel(_description.UpdateInterrupt, (asks & (UpdateFlag | CompareFlags | TriggerFlags)) != 0);
            return;
        }

        _interrupts.SetLevel(_description.UpdateInterrupt, (asks & UpdateFlag) != 0);
        _interrupts.SetLevel(_description.TriggerInterrupt, (asks & TriggerFlags) != 0);
        _interrupts.SetLevel(_description.CompareInterrupt, (asks & CompareFlags) != 0);
    }
}
