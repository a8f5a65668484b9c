using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;
using FarmAgent.Simulation.Gpio;

namespace FarmAgent.Simulation.Mcu;

/// <summary>One GPIO port (RM0008 section 9.2).</summary>
internal sealed class Stm32F1Gpio : GatedPeripheral
{
    private const uint FloatingInputs = 0x4444_4444;
    private const uint LockKey = 1 << 16;

    private readonly GpioPin[] _pins;
    private readonly Register _low;
    private readonly Register _high;
    private readonly Register _output;
    private readonly Register _lock;
    private int _lockStep;

    /// <summary>Makes a port.</summary>
    /// <param name="name">GPIOA to GPIOE.</param>
    /// <param name="endpoints">Wire ends of the 16 pins.</param>
    /// <param name="notices">Where to note what is not modelled.</param>
    public Stm32F1Gpio(string name, IReadOnlyList<WireEndpoint> endpoints, NoticeBoard notices)
        : base(name, notices)
    {
        _pins = [.. endpoints.Select(e => new GpioPin(e))];
        _low = DefineConfiguration("CRL", 0x00, 0);
        _high = DefineConfiguration("CRH", 0x04, 8);
        Map.Define("IDR", 0x08).Field("IDR", 0, 16, FieldAccess.ReadOnly).OnRead(_ => ReadInputs());
        _output = Map.Define("ODR", 0x0C).Field("ODR", 0, 16).OnWrite((_, _) => Apply());
        Map.Define("BSRR", 0x10).Field("BS", 0, 16, FieldAccess.WriteOnly).Field("BR", 16, 16, FieldAccess.WriteOnly)
            .OnWrite((_, written) => SetOutputs(written & 0xFFFF, written >> 16));
        Map.Define("BRR", 0x14).Field("BR", 0, 16, FieldAccess.WriteOnly).OnWrite((_, written) => SetOutputs(0, written & 0xFFFF));
        _lock = Map.Define("LCKR", 0x18).Field("LCK", 0, 16, FieldAccess.ReadOnly).Field("LCKK", 16, access: FieldAccess.ReadOnly)
            .OnRead(ReadLock).OnWrite((_, written) => WriteLock(written));
    }

    public GpioPin this[int pin] => _pins[pin];

    /// <inheritdoc/>
    public override void Reset(bool powerOn)
    {
        base.Reset(powerOn);
        _lockStep = 0;
        Apply();
    }

    private Register DefineConfiguration(string name, uint offset, int firstPin)
    {
        var register = Map.Define(name, offset, FloatingInputs);
        for (var pin = 0; pin < 8; pin++)
        {
            register.Field($"MODE{firstPin + pin}", 4 * pin, 2).Field($"CNF{firstPin + pin}", (4 * pin) + 2, 2);
        }

        return register.OnWrite((previous, _) => WriteConfiguration(register, previous, firstPin));
    }

    private void WriteConfiguration(Register register, uint previous, int firstPin)
    {
        if (_lock.Has(LockKey))
        {
            for (var pin = 0; pin < 8; pin++)
            {
                if (_lock.Has(1u << (firstPin + pin)))
                {
                    var mask = 0xFu << (4 * pin);
                    register.Value = (register.Value & ~mask) | (previous & mask);
                }
            }
        }

        Apply();
    }

    private uint ReadInputs()
    {
        var value = 0u;
        for (var pin = 0; pin < _pins.Length; pin++)
        {
            value |= _pins[pin].Input ? 1u << pin : 0;
        }

        return value;
    }

    private void SetOutputs(uint set, uint reset)
    {
        // Setting wins where both are asked for.
        _output.Value = (_output.Value & ~reset) | set;
        Apply();
    }

    private void Apply()
    {
        for (var pin = 0; pin < _pins.Length; pin++)
        {
            var register = pin < 8 ? _low : _high;
            _pins[pin].Configure((register.Value >> (4 * (pin % 8))) & 0xF, _output.Has(1u << pin));
        }
    }

    /// <summary>The lock sequence: write 1, 0, 1 to LCKK with the same pins, then read (RM0008 section 9.2.7).</summary>
    private void WriteLock(uint written)
    {
        if (_lock.Has(LockKey))
        {
            return;
        }

        var isKey = (written & LockKey) != 0;
        if (_lockStep == 0 && isKey)
        {
            _lock.Value = written & 0xFFFF;
            _lockStep = 1;
            return;
        }

        var fits = isKey == (_lockStep == 2) && (written & 0xFFFF) == (_lock.Value & 0xFFFF);
        _lockStep = fits ? _lockStep + 1 : 0;
    }

    private uint ReadLock(uint stored)
    {
        if (_lockStep == 3)
        {
            _lockStep = 0;
            _lock.Value |= LockKey;
            return stored;
        }

        return stored;
    }
}
