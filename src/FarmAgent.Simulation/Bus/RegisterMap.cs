namespace FarmAgent.Simulation.Bus;

/// <summary>What becomes of an 8 or 16-bit write to a 32-bit register.</summary>
internal enum NarrowWrite
{
    /// <summary>The value is repeated over all lanes, as the AHB/APB bridges do (RM0008 section 3.1).</summary>
    Replicate,

    /// <summary>Only the addressed lane changes.</summary>
    Merge,

    /// <summary>The slave answers with an error.</summary>
    Refuse,
}

/// <summary>The registers of one peripheral, declared once; it does the bus side, so that a model only holds behaviour.</summary>
internal sealed class RegisterMap
{
    private readonly string _owner;
    private readonly IUnmodelledLog? _log;
    private readonly NarrowWrite _narrowWrite;
    private readonly Action<Register, RegisterField> _noteTagged;

    // By offset / 4: firmware polls, so that the way to a register has to be short.
    private Register?[] _registers = new Register?[16];

    /// <summary>Starts an empty map.</summary>
    /// <param name="owner">Peripheral's name for logs.</param>
    /// <param name="log">Told of accesses to what is tagged or unknown.</param>
    /// <param name="narrowWrite">How narrow writes arrive.</param>
    public RegisterMap(string owner, IUnmodelledLog? log, NarrowWrite narrowWrite = NarrowWrite.Replicate)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        _owner = owner;
        _log = log;
        _narrowWrite = narrowWrite;
        _noteTagged = (register, field) => _log?.Note($"{_owner}.{register.Name}.{field.Name}", write: true);
    }

    /// <summary>All registers, for lists of what is modelled.</summary>
    public IEnumerable<Register> Registers => _registers.OfType<Register>();

    /// <summary>Declares a register; its fields follow on the result.</summary>
    /// <exception cref="ArgumentException">The offset is taken: a mistake in the description.</exception>
    public Register Define(string name, uint offset, uint resetValue = 0) => Place(new Register(name, offset, resetValue));

    /// <summary>Declares a register that is known but not modelled: it holds what is written, and every access is logged by its name.</summary>
    /// <exception cref="ArgumentException">The offset is taken: a mistake in the description.</exception>
    public Register Tagged(string name, uint offset, uint resetValue = 0)
    {
        var register = new Register(name, offset, resetValue) { IsTagged = true };
        return Place(register.Field(name, 0, 32));
    }

    /// <summary>The register at an offset, without the side effects of an access; null where none is declared.</summary>
    public Register? Find(uint offset) => offset / 4 < _registers.Length ? _registers[offset / 4] : null;

    /// <summary>Read from the bus; an offset that nobody declared reads 0 and is logged.</summary>
    public BusResponse Read(uint offset, int width, out uint value)
    {
        if (Find(offset) is not { } register)
        {
            _log?.Note($"{_owner}+0x{offset & ~3u:X3}", write: false);
            value = 0;
            return BusResponse.Okay;
        }

        if (register.IsTagged)
        {
            _log?.Note($"{_owner}.{register.Name}", write: false);
        }

        value = (register.Read() >> Shift(offset)) & Lane(width);
        return BusResponse.Okay;
    }

    /// <summary>Write from the bus; an offset that nobody declared ignores it and is logged.</summary>
    public BusResponse Write(uint offset, int width, uint value)
    {
        if (width < 4 && _narrowWrite == NarrowWrite.Refuse)
        {
            return BusResponse.Error;
        }

        if (Find(offset) is not { } register)
        {
            _log?.Note($"{_owner}+0x{offset & ~3u:X3}", write: true);
            return BusResponse.Okay;
        }

        if (register.IsTagged)
        {
            _log?.Note($"{_owner}.{register.Name}", write: true);
            register.Write(Widen(register, offset, width, value), null);
        }
        else
        {
            register.Write(Widen(register, offset, width, value), _noteTagged);
        }

        return BusResponse.Okay;
    }

    /// <summary>Resets all registers.</summary>
    public void Reset(bool powerOn)
    {
        foreach (var register in Registers)
        {
            register.Reset(powerOn);
        }
    }

    private Register Place(Register register)
    {
        var index = register.Offset / 4;
        if (index >= _registers.Length)
        {
            Array.Resize(ref _registers, (int)Math.Max(index + 1, 2 * (uint)_registers.Length));
        }

        if (_registers[index] is { } other)
        {
            throw new ArgumentException($"{_owner}.{register.Name} at 0x{register.Offset:X3} overlaps {other.Name}; correct the description.", nameof(register));
        }

        _registers[index] = register;
        return register;
    }

    private static int Shift(uint offset) => (int)(offset & 3) * 8;

    private static uint Lane(int width) => width == 4 ? uint.MaxValue : (1u << (width * 8)) - 1;

    private uint Widen(Register register, uint offset, int width, uint value)
    {
        var lane = value & Lane(width);
        return (width, _narrowWrite) switch
        {
            (4, _) => value,
            (2, NarrowWrite.Replicate) => lane | (lane << 16),
            (_, NarrowWrite.Replicate) => lane * 0x0101_0101,
            _ => (register.Value & ~(Lane(width) << Shift(offset))) | (lane << Shift(offset)),
        };
    }
}
