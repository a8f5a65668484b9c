namespace FarmAgent.Simulation.Bus;

/// <summary>
/// One 32-bit register, declared bit by bit. Bits that no field declares are reserved: they keep their reset value whatever is written.
/// </summary>
internal sealed class Register
{
    private readonly List<RegisterField> _fields = [];
    private Func<uint, uint>? _onRead;
    private Action<uint, uint>? _onWrite;
    private uint _declared;
    private uint _readWrite;
    private uint _writeOnly;
    private uint _readToClear;
    private uint _writeOneToClear;
    private uint _writeZeroToClear;
    private uint _setOnly;
    private uint _tagged;
    private bool _survivesSystemReset;

    /// <summary>Declares a register without fields.</summary>
    /// <param name="name">Name in the manual.</param>
    /// <param name="offset">Offset in its peripheral, a multiple of 4.</param>
    /// <param name="resetValue">Value after reset.</param>
    public Register(string name, uint offset, uint resetValue)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNotEqual(offset % 4, 0u);
        Name = name;
        Offset = offset;
        ResetValue = resetValue;
        Value = resetValue;
    }

    /// <summary>Name in the manual.</summary>
    public string Name { get; }

    /// <summary>Offset in its peripheral.</summary>
    public uint Offset { get; }

    /// <summary>Value after reset.</summary>
    public uint ResetValue { get; }

    /// <summary>Stored value; the model may set any bit.</summary>
    public uint Value { get; set; }

    /// <summary>True if nothing behind the whole register is modelled, so that reads are noted too.</summary>
    public bool IsTagged { get; init; }

    /// <summary>Declared fields.</summary>
    public IReadOnlyList<RegisterField> Fields => _fields;

    /// <summary>True if any of the bits is set.</summary>
    public bool Has(uint mask) => (Value & mask) != 0;

    /// <summary>Sets or clears bits from the model's side.</summary>
    public void Assign(uint mask, bool set) => Value = set ? Value | mask : Value & ~mask;

    /// <summary>Declares a field.</summary>
    /// <exception cref="ArgumentException">It overlaps another field: a mistake in the description.</exception>
    public Register Field(string name, int lowBit, int width = 1, FieldAccess access = FieldAccess.ReadWrite) => Add(name, lowBit, width, access, false);

    /// <summary>Declares a field that is known but not modelled: it can be written and read back, and each change of it is logged by name.</summary>
    /// <exception cref="ArgumentException">It overlaps another field: a mistake in the description.</exception>
    public Register Tagged(string name, int lowBit, int width = 1) => Add(name, lowBit, width, FieldAccess.ReadWrite, true);

    /// <summary>Lets the model make the value that a read shows, from the stored one; it runs with the side effects of a read.</summary>
    public Register OnRead(Func<uint, uint> read)
    {
        _onRead = read;
        return this;
    }

    /// <summary>Tells the model of a write after the fields have taken it: previous stored value, written value as it was on the bus.</summary>
    public Register OnWrite(Action<uint, uint> written)
    {
        _onWrite = written;
        return this;
    }

    /// <summary>Only a power-on reset clears this register, for example in the backup domain or DBGMCU.</summary>
    public Register SurvivesSystemReset()
    {
        _survivesSystemReset = true;
        return this;
    }

    /// <summary>Goes to the reset value.</summary>
    public void Reset(bool powerOn)
    {
        if (powerOn || !_survivesSystemReset)
        {
            Value = ResetValue;
        }
    }

    /// <summary>Read from the bus.</summary>
    public uint Read()
    {
        var value = (_onRead is null ? Value : _onRead(Value)) & ~_writeOnly;
        Value &= ~_readToClear;
        return value;
    }

    /// <summary>Write from the bus; tells which tagged fields changed.</summary>
    public void Write(uint written, Action<Register, RegisterField>? taggedChanged)
    {
        var previous = Value;
        var value = (previous & ~_readWrite) | (written & _readWrite);
        value &= ~(written & _writeOneToClear);
        value &= written | ~_writeZeroToClear;
        value |= written & _setOnly;
        Value = value;
        if (((value ^ previous) & _tagged) != 0)
        {
            TellTagged(value ^ previous, taggedChanged);
        }

        _onWrite?.Invoke(previous, written);
    }

    private void TellTagged(uint changed, Action<Register, RegisterField>? taggedChanged)
    {
        foreach (var field in _fields)
        {
            if (field.Tagged && (field.Mask & changed) != 0)
            {
                taggedChanged?.Invoke(this, field);
            }
        }
    }

    private Register Add(string name, int lowBit, int width, FieldAccess access, bool tagged)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lowBit);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lowBit + width, 32, nameof(width));
        var mask = (uint)(((1ul << width) - 1) << lowBit);
        if ((_declared & mask) != 0)
        {
            throw new ArgumentException($"{Name}.{name} (bits 0x{mask:X8}) overlaps a field declared before; correct the description.", nameof(lowBit));
        }

        _declared |= mask;
        _tagged |= tagged ? mask : 0;
        _readWrite |= access == FieldAccess.ReadWrite ? mask : 0;
        _writeOnly |= access == FieldAccess.WriteOnly ? mask : 0;
        _readToClear |= access == FieldAccess.ReadToClear ? mask : 0;
        _writeOneToClear |= access == FieldAccess.WriteOneToClear ? mask : 0;
        _writeZeroToClear |= access == FieldAccess.WriteZeroToClear ? mask : 0;
        _setOnly |= access == FieldAccess.SetOnly ? mask : 0;
        _fields.Add(new RegisterField(name, mask, access, tagged));
        return this;
    }
}
