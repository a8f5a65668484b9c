using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>WWDG (RM0008 section 20): a 7-bit counter on PCLK1 / 4096 that must be reloaded inside its window, with an early warning.</summary>
internal sealed class WindowWatchdog : GatedPeripheral
{
    private const int InterruptNumber = 0;
    private const uint Activated = 1 << 7;
    private const uint EarlyInterrupt = 1 << 9;
    private const int LastValue = 0x40;

    private readonly IBenchTimeline _timeline;
    private readonly IInterruptLines _interrupts;
    private readonly ClockTree _clocks;
    private readonly Register _control;
    private readonly Register _configuration;
    private readonly Register _status;
    private long _loadedAt;
    private IDisposable? _warning;
    private IDisposable? _expiry;

    public WindowWatchdog(IBenchTimeline timeline, IInterruptLines interrupts, ClockTree clocks, NoticeBoard notices)
        : base("WWDG", notices)
    {
        _timeline = timeline;
        _interrupts = interrupts;
        _clocks = clocks;
        _control = Map.Define("CR", 0x00, 0x7F).Field("T", 0, 7).Field("WDGA", 7, access: FieldAccess.SetOnly)
            .OnRead(_ => (_control!.Value & Activated) | Counter).OnWrite((previous, written) => Load(previous, written));
        _configuration = Map.Define("CFR", 0x04, 0x7F).Field("W", 0, 7).Field("WDGTB", 7, 2).Field("EWI", 9, access: FieldAccess.SetOnly);
        _status = Map.Define("SR", 0x08).Field("EWIF", 0, access: FieldAccess.WriteZeroToClear).OnWrite((_, _) => Update());
    }

    /// <summary>Called when it resets the chip.</summary>
    public Action? Expired { get; set; }

    private long TickTime => BenchTime.Second * 4096 / _clocks.Pclk1 << (int)((_configuration.Value >> 7) & 3);

    /// <summary>T6 to T0 now.</summary>
    private uint Counter => !_control.Has(Activated) ? _control.Value & 0x7F
        : (uint)Math.Max(0, (_control.Value & 0x7F) - ((_timeline.Now - _loadedAt) / TickTime));

    /// <inheritdoc/>
    public override void Reset(bool powerOn)
    {
        base.Reset(powerOn);
        Cancel();
        Update();
    }

    private void Load(uint previous, uint written)
    {
        var wasActive = (previous & Activated) != 0;
        var value = _control.Value;
        _control.Value = previous;
        var tooEarly = wasActive && Counter > (_configuration.Value & 0x7F);
        _control.Value = value;
        if (!_control.Has(Activated))
        {
            return;
        }

        if (tooEarly || (written & 0x40) == 0)
        {
            Expire();
            return;
        }

        Cancel();
        _loadedAt = _timeline.Now;
        var left = (long)(_control.Value & 0x7F) - LastValue;
        _warning = _timeline.Schedule(_loadedAt + (left * TickTime), () =>
        {
            _status.Value |= 1;
            Update();
        });
        _expiry = _timeline.Schedule(_loadedAt + ((left + 1) * TickTime), Expire);
    }

    private void Expire()
    {
        Cancel();
        Expired?.Invoke();
    }

    private void Cancel()
    {
        _warning?.Dispose();
        _expiry?.Dispose();
        _warning = null;
        _expiry = null;
    }

    private void Update() => _interrupts.SetLevel(InterruptNumber, _status.Has(1) && _configuration.Has(EarlyInterrupt));
}
