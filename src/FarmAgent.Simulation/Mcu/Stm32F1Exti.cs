using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>External interrupts (RM0008 section 10.3): edges of pins 0 to 15, the RTC's alarm on line 17; lines 16 and 18 only by software.</summary>
internal sealed class Stm32F1Exti : IBusPeripheral
{
    private const int Lines = 19;

    private readonly IInterruptLines _interrupts;
    private readonly RegisterMap _map;
    private readonly Register _mask;
    private readonly Register _events;
    private readonly Register _rising;
    private readonly Register _falling;
    private readonly Register _software;
    private readonly Register _pending;
    private readonly bool[] _levels = new bool[Lines];

    public Stm32F1Exti(IInterruptLines interrupts, NoticeBoard notices)
    {
        _interrupts = interrupts;
        _map = new RegisterMap(Name, notices);
        _mask = _map.Define("IMR", 0x00).Field("MR", 0, Lines).OnWrite((_, _) => Update());
        _events = _map.Define("EMR", 0x04).Field("MR", 0, Lines);
        _rising = _map.Define("RTSR", 0x08).Field("TR", 0, Lines);
        _falling = _map.Define("FTSR", 0x0C).Field("TR", 0, Lines);
        _software = _map.Define("SWIER", 0x10).Field("SWIER", 0, Lines).OnWrite(Trigger);
        _pending = _map.Define("PR", 0x14).Field("PR", 0, Lines, FieldAccess.WriteOneToClear).OnWrite((_, written) => Cleared(written));
    }

    /// <inheritdoc/>
    public string Name => "EXTI";

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value) => _map.Read(offset, width, out value);

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master) => _map.Write(offset, width, value);

    /// <inheritdoc/>
    public void Reset(bool powerOn)
    {
        _map.Reset(powerOn);
        Update();
    }

    /// <summary>Told of an edge whose event is enabled: it ends a WFE.</summary>
    public Action? EventRaised { get; set; }

    /// <summary>The level on a line, from the pin that AFIO has chosen.</summary>
    public void SetLevel(int line, bool high)
    {
        if (_levels[line] == high)
        {
            return;
        }

        _levels[line] = high;
        if (!(high ? _rising : _falling).Has(1u << line))
        {
            return;
        }

        if (_events.Has(1u << line))
        {
            EventRaised?.Invoke();
        }

        _pending.Value |= 1u << line;
        Update();
    }

    private void Trigger(uint previous, uint written)
    {
        _pending.Value |= _software.Value & ~previous & _mask.Value;
        Update();
    }

    private void Cleared(uint written)
    {
        _software.Value &= ~written;
        Update();
    }

    /// <summary>Lines 0 to 4 have inputs of their own, the others share (RM0008 table 63).</summary>
    private void Update()
    {
        var active = _pending.Value & _mask.Value;
        for (var line = 0; line < 5; line++)
        {
            _interrupts.SetLevel(6 + line, (active & (1u << line)) != 0);
        }

        _interrupts.SetLevel(23, (active & 0x03E0) != 0);
        _interrupts.SetLevel(40, (active & 0xFC00) != 0);
        _interrupts.SetLevel(1, (active & (1 << 16)) != 0);
        _interrupts.SetLevel(41, (active & (1 << 17)) != 0);
        _interrupts.SetLevel(42, (active & (1 << 18)) != 0);
    }
}
