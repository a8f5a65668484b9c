using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>RTC (RM0008 section 18): prescaler, 32-bit counter and alarm on the clock that RCC_BDCR selects; they outlive system resets.</summary>
internal sealed class RealTimeClock : IBusPeripheral
{
    private const int InterruptNumber = 3;
    private const uint SecondFlag = 1 << 0;
    private const uint AlarmFlag = 1 << 1;
    private const uint OverflowFlag = 1 << 2;
    private const uint Synchronized = 1 << 3;
    private const uint Configuring = 1 << 4;
    private const uint Idle = 1 << 5;
    private const uint Enables = 7;

    private readonly IBenchTimeline _timeline;
    private readonly IInterruptLines _interrupts;
    private readonly PowerControl _power;
    private readonly RegisterMap _map;
    private readonly Register _enable;
    private readonly Register _status;
    private uint _reload = 0x8000;
    private uint _counter;
    private uint _alarm = uint.MaxValue;
    private int _hertz;
    private long _base;
    private IDisposable? _second;

    public RealTimeClock(IBenchTimeline timeline, IInterruptLines interrupts, PowerControl power, NoticeBoard notices)
    {
        _timeline = timeline;
        _interrupts = interrupts;
        _power = power;
        _map = new RegisterMap(Name, notices);
        _enable = _map.Define("CRH", 0x00).Field("SECIE", 0).Field("ALRIE", 1).Field("OWIE", 2).OnWrite((_, _) => Update());
        _status = _map.Define("CRL", 0x04, Idle)
            .Field("SECF", 0, access: FieldAccess.WriteZeroToClear).Field("ALRF", 1, access: FieldAccess.WriteZeroToClear)
            .Field("OWF", 2, access: FieldAccess.WriteZeroToClear).Field("RSF", 3, access: FieldAccess.WriteZeroToClear).Field("CNF", 4)
            .Field("RTOFF", 5, access: FieldAccess.ReadOnly)
            .OnRead(value => _hertz > 0 ? value | Synchronized : value).OnWrite((_, _) => Update());
        DefineHalf("PRLH", 0x08, high: true, () => 0, value => _reload = (_reload & 0xFFFF) | ((value & 0xF) << 16));
        DefineHalf("PRLL", 0x0C, high: false, () => 0, value => _reload = (_reload & 0xF_0000) | value);
        DefineHalf("DIVH", 0x10, high: true, () => Divider, null);
        DefineHalf("DIVL", 0x14, high: false, () => Divider, null);
        DefineHalf("CNTH", 0x18, high: true, () => _counter, value => _counter = (_counter & 0xFFFF) | (value << 16));
        DefineHalf("CNTL", 0x1C, high: false, () => _counter, value => _counter = (_counter & 0xFFFF_0000) | value);
        DefineHalf("ALRH", 0x20, high: true, () => 0, value => _alarm = (_alarm & 0xFFFF) | (value << 16));
        DefineHalf("ALRL", 0x24, high: false, () => 0, value => _alarm = (_alarm & 0xFFFF_0000) | value);
    }

    /// <inheritdoc/>
    public string Name => "RTC";

    /// <summary>Pulsed at an alarm: EXTI line 17.</summary>
    public Action? AlarmRang { get; set; }

    private uint Divider => _hertz == 0 ? 0 : (uint)Math.Max(0, _reload - ((_timeline.Now - _base) / (BenchTime.Second / _hertz)));

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value) => _map.Read(offset, width, out value);

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master) => _map.Write(offset, width, value);

    /// <inheritdoc/>
    public void Reset(bool powerOn)
    {
        // A system reset clears the interface, not the counter (RM0008 section 18.3.2).
        _map.Reset(powerOn);
        Update();
        if (powerOn)
        {
            ResetDomain();
        }
    }

    /// <summary>The backup domain was reset.</summary>
    public void ResetDomain()
    {
        _reload = 0x8000;
        _counter = 0;
        _alarm = uint.MaxValue;
        SetClock(0);
    }

    /// <summary>RCC_BDCR has chosen a clock; 0 for none.</summary>
    public void SetClock(int hertz)
    {
        if (hertz != _hertz)
        {
            _hertz = hertz;
            Restart();
        }
    }

    private void DefineHalf(string name, uint offset, bool high, Func<uint> read, Action<uint>? write)
    {
        var register = _map.Define(name, offset).Field(name, 0, 16, FieldAccess.ReadOnly).OnRead(_ => high ? read() >> 16 : read() & 0xFFFF);
        register.OnWrite((_, written) =>
        {
            if (write is not null && _status.Has(Configuring) && _power.IsBackupWritable)
            {
                write(written & 0xFFFF);
                Restart();
            }
        });
    }

    private void Restart()
    {
        _second?.Dispose();
        _second = null;
        if (_hertz > 0)
        {
            _base = _timeline.Now;
            _second = _timeline.Schedule(_base + ((_reload + 1) * (BenchTime.Second / _hertz)), Tick);
        }
    }

    private void Tick()
    {
        _counter++;
        _status.Value |= SecondFlag | (_counter == 0 ? OverflowFlag : 0);
        if (_counter == _alarm)
        {
            _status.Value |= AlarmFlag;
            AlarmRang?.Invoke();
        }

        Restart();
        Update();
    }

    private void Update() => _interrupts.SetLevel(InterruptNumber, (_status.Value & _enable.Value & Enables) != 0);
}
