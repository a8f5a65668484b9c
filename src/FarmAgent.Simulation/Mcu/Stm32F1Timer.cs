using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>TIM2 as an up-counter with prescaler, reload and update interrupt (RM0008 section 15). Capture, compare and slave modes are tagged.</summary>
internal sealed class Stm32F1Timer : GatedPeripheral
{
    public const int InterruptNumber = 28;

    private const uint CounterEnable = 1 << 0;
    private const uint UpdateDisable = 1 << 1;
    private const uint OnlyOverflow = 1 << 2;
    private const uint OnePulse = 1 << 3;
    private const uint UpdateFlag = 1;

    private readonly IBenchTimeline _timeline;
    private readonly IInterruptLines _interrupts;
    private readonly ClockTree _clocks;
    private readonly Register _control;
    private readonly Register _interruptEnable;
    private readonly Register _status;
    private readonly Register _counter;
    private readonly Register _prescaler;
    private readonly Register _reload;
    private long _countedFrom;
    private uint _activePrescaler;
    private IDisposable? _overflow;

    public Stm32F1Timer(IBenchTimeline timeline, IInterruptLines interrupts, ClockTree clocks, NoticeBoard notices)
        : base("TIM2", notices)
    {
        _timeline = timeline;
        _interrupts = interrupts;
        _clocks = clocks;
        _control = Map.Define("CR1", 0x00)
            .Field("CEN", 0).Field("UDIS", 1).Field("URS", 2).Field("OPM", 3).Tagged("DIR", 4).Tagged("CMS", 5, 2).Field("ARPE", 7).Tagged("CKD", 8, 2)
            .OnWrite((previous, _) => WriteControl(previous));
        Map.Define("CR2", 0x04).Tagged("CCDS", 3).Tagged("MMS", 4, 3).Tagged("TI1S", 7);
        Map.Define("SMCR", 0x08).Tagged("SMCR", 0, 16);
        _interruptEnable = Map.Define("DIER", 0x0C).Field("UIE", 0).Tagged("others", 1, 14).OnWrite((_, _) => Update());
        _status = Map.Define("SR", 0x10).Field("UIF", 0, access: FieldAccess.WriteZeroToClear).Field("others", 1, 12, FieldAccess.WriteZeroToClear)
            .OnWrite((_, _) => Update());
        Map.Define("EGR", 0x14).Field("UG", 0, access: FieldAccess.WriteOnly).Field("others", 1, 6, FieldAccess.WriteOnly)
            .OnWrite((_, written) => Generate(written));
        Map.Define("CCMR1", 0x18).Tagged("CCMR1", 0, 16);
        Map.Define("CCMR2", 0x1C).Tagged("CCMR2", 0, 16);
        Map.Define("CCER", 0x20).Tagged("CCER", 0, 16);
        _counter = Map.Define("CNT", 0x24).Field("CNT", 0, 16).OnRead(_ => Count()).OnWrite((_, _) => Continue());
        _prescaler = Map.Define("PSC", 0x28).Field("PSC", 0, 16);
        _reload = Map.Define("ARR", 0x2C, 0xFFFF).Field("ARR", 0, 16).OnWrite((previous, _) => WriteReload(previous));
        for (var channel = 0u; channel < 4; channel++)
        {
            Map.Define($"CCR{channel + 1}", 0x34 + (4 * channel)).Tagged($"CCR{channel + 1}", 0, 16);
        }

        Map.Define("DCR", 0x48).Tagged("DCR", 0, 13);
        Map.Define("DMAR", 0x4C).Tagged("DMAR", 0, 16);
        clocks.Changing += Freeze;
        clocks.Changed += Continue;
    }

    private bool IsCounting => _control.Has(CounterEnable) && _reload.Value != 0;

    private long TickTime => BenchTime.Second / _clocks.Timer1 * (_activePrescaler + 1);

    /// <inheritdoc/>
    public override void Reset(bool powerOn)
    {
        base.Reset(powerOn);
        _activePrescaler = 0;
        _overflow?.Dispose();
        _overflow = null;
        Update();
    }

    private uint Count()
    {
        Freeze();
        return _counter.Value;
    }

    /// <summary>Brings CNT up to now.</summary>
    private void Freeze()
    {
        if (_overflow is null)
        {
            return;
        }

        var ticks = (_timeline.Now - _countedFrom) / TickTime;
        _countedFrom += ticks * TickTime;
        _counter.Value = (uint)Math.Min(_counter.Value + ticks, _reload.Value);
    }

    /// <summary>Counts on from CNT, with the overflow as the next event.</summary>
    private void Continue()
    {
        _overflow?.Dispose();
        _overflow = null;
        if (IsCounting)
        {
            _countedFrom = _timeline.Now;
            var left = _counter.Value <= _reload.Value ? _reload.Value - _counter.Value + 1 : 0x1_0000 - _counter.Value + _reload.Value + 1;
            _overflow = _timeline.Schedule(_countedFrom + (left * TickTime), Overflow);
        }
    }

    private void WriteControl(uint previous)
    {
        if (((previous ^ _control.Value) & CounterEnable) != 0)
        {
            // CNT stands where it was, whichever way the bit went.
            Freeze();
            Continue();
        }
    }

    private void WriteReload(uint previous)
    {
        var value = _reload.Value;
        _reload.Value = previous;
        Freeze();
        _reload.Value = value;
        Continue();
    }

    private void Generate(uint written)
    {
        if ((written & 1) != 0)
        {
            _counter.Value = 0;
            Reload(raise: !_control.Has(OnlyOverflow));
            Continue();
        }
    }

    private void Overflow()
    {
        _overflow = null;
        _counter.Value = 0;
        if (_control.Has(OnePulse))
        {
            _control.Value &= ~CounterEnable;
        }

        Reload(raise: true);
        Continue();
    }

    private void Reload(bool raise)
    {
        if (_control.Has(UpdateDisable))
        {
            return;
        }

        _activePrescaler = _prescaler.Value;
        _status.Value |= raise ? UpdateFlag : 0;
        Update();
    }

    private void Update() => _interrupts.SetLevel(InterruptNumber, _status.Has(UpdateFlag) && _interruptEnable.Has(UpdateFlag));
}
