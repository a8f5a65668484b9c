using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.I2c;

namespace FarmAgent.Simulation.Instruments;

/// <summary>
/// An MCP23017 (Microchip, DS20001952C): 16 lines in two ports on the bench's nets. Registers in both layouts (IOCON.BANK), input polarity, pull-ups,
/// interrupt on change with flags and captured levels; its two interrupt outputs are not wired.
/// </summary>
internal sealed class Mcp23017Target : II2cTarget
{
    private const int PinsPerPort = 8;
    private const byte Bank = 0x80;
    private const byte NoIncrement = 0x20;

    private readonly byte _address;
    private readonly WireEndpoint?[] _pins;
    private readonly byte[,] _registers = new byte[2, 11];
    private bool _expectPointer;
    private int _pointer;

    /// <summary>Powers the chip.</summary>
    /// <param name="address">0x20 to 0x27.</param>
    /// <param name="pins">Ends of wires: GPA0 to GPA7, then GPB0 to GPB7; null for a pin that goes nowhere.</param>
    public Mcp23017Target(byte address, IReadOnlyList<WireEndpoint?> pins)
    {
        (_address, _pins) = (address, [.. pins]);
        for (var pin = 0; pin < _pins.Length; pin++)
        {
            var (port, bit) = (pin / PinsPerPort, pin % PinsPerPort);
            if (_pins[pin] is { } end)
            {
                end.LevelChanged += _ => OnChange(port, bit);
            }
        }

        this[0, Register.Direction] = 0xFF;
        this[1, Register.Direction] = 0xFF;
    }

    private enum Register
    {
        Direction,
        Polarity,
        InterruptEnable,
        Default,
        InterruptControl,
        Configuration,
        PullUp,
        InterruptFlag,
        InterruptCapture,
        Port,
        Latch,
    }

    private byte this[int port, Register register]
    {
        get => _registers[port, (int)register];
        set => _registers[port, (int)register] = value;
    }

    /// <inheritdoc/>
    public void Start() => _expectPointer = true;

    /// <inheritdoc/>
    public bool Address(byte address, bool read) => address == _address;

    /// <inheritdoc/>
    public bool WriteByte(byte value)
    {
        if (_expectPointer)
        {
            _expectPointer = false;
            _pointer = value;
            return true;
        }

        if (Locate(_pointer) is var (port, register))
        {
            Store(port, register, value);
        }

        Step();
        return true;
    }

    /// <inheritdoc/>
    public byte BeginRead() => Locate(_pointer) is var (port, register) ? Load(port, register) : (byte)0;

    /// <inheritdoc/>
    public void EndRead(bool acknowledged) => Step();

    /// <inheritdoc/>
    public void Stop()
    {
    }

    /// <summary>Port and register of an address: ports alternate (BANK = 0), or have a block each (BANK = 1; DS20001952C table 3-1).</summary>
    private (int Port, Register Register)? Locate(int address)
    {
        var separate = (this[0, Register.Configuration] & Bank) != 0;
        var port = separate ? address >> 4 : address & 1;
        var register = separate ? address & 0xF : address >> 1;
        return port <= 1 && register <= (int)Register.Latch ? (port, (Register)register) : null;
    }

    private void Store(int port, Register register, byte value)
    {
        switch (register)
        {
            case Register.Configuration:
                // One register at two addresses; its lowest bit does not exist.
                this[0, register] = this[1, register] = (byte)(value & 0xFE);
                break;
            case Register.Port:
                this[port, Register.Latch] = value;
                break;
            case Register.InterruptFlag or Register.InterruptCapture:
                return;
            default:
                this[port, register] = value;
                break;
        }

        Drive(port);
    }

    private byte Load(int port, Register register)
    {
        switch (register)
        {
            case Register.Port:
                this[port, Register.InterruptFlag] = 0;
                return Levels(port);
            case Register.InterruptCapture:
                this[port, Register.InterruptFlag] = 0;
                return this[port, register];
            default:
                return this[port, register];
        }
    }

    private byte Levels(int port)
    {
        var levels = 0;
        for (var bit = 0; bit < PinsPerPort; bit++)
        {
            var isInput = (this[port, Register.Direction] >> bit & 1) != 0;
            var high = _pins[(port * PinsPerPort) + bit] is { } end ? end.Level : isInput ? (this[port, Register.PullUp] >> bit & 1) != 0 : (this[port, Register.Latch] >> bit & 1) != 0;
            var inverted = isInput && (this[port, Register.Polarity] >> bit & 1) != 0;
            levels |= high != inverted ? 1 << bit : 0;
        }

        return (byte)levels;
    }

    private void Drive(int port)
    {
        for (var bit = 0; bit < PinsPerPort; bit++)
        {
            var isInput = (this[port, Register.Direction] >> bit & 1) != 0;
            var high = (this[port, Register.Latch] >> bit & 1) != 0;
            var pull = (this[port, Register.PullUp] >> bit & 1) != 0 ? PinDrive.PullUp : PinDrive.None;
            _pins[(port * PinsPerPort) + bit]?.Set(isInput ? PinDrive.None : high ? PinDrive.High : PinDrive.Low, isInput ? pull : PinDrive.None);
        }
    }

    private void OnChange(int port, int bit)
    {
        var mask = (byte)(1 << bit);
        if ((this[port, Register.InterruptEnable] & mask) == 0 || (this[port, Register.InterruptFlag] & mask) != 0)
        {
            return;
        }

        // Against the default value, or against what it was before (INTCON).
        var levels = Levels(port);
        if ((this[port, Register.InterruptControl] & mask) == 0 || ((levels ^ this[port, Register.Default]) & mask) != 0)
        {
            if (this[port, Register.InterruptFlag] == 0)
            {
                this[port, Register.InterruptCapture] = levels;
            }

            this[port, Register.InterruptFlag] |= mask;
        }
    }

    /// <summary>The pointer goes on by itself; with SEQOP it stays in its pair (BANK = 0) or where it is (BANK = 1).</summary>
    private void Step()
    {
        var configuration = this[0, Register.Configuration];
        var separate = (configuration & Bank) != 0;
        if ((configuration & NoIncrement) != 0)
        {
            _pointer = separate ? _pointer : _pointer ^ 1;
        }
        else
        {
            const int LastTogether = 0x15;
            const int LastSeparate = 0x1A;
            _pointer = _pointer >= (separate ? LastSeparate : LastTogether) ? 0 : _pointer + 1;
        }
    }
}
