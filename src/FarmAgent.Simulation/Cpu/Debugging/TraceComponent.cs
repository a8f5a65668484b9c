using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Cpu.Debugging;

/// <summary>
/// ITM or TPIU as far as tools configure it: registers hold what is written and nothing leaves the chip. Stimulus ports always read as
/// ready, so that firmware that prints there does not wait.
/// </summary>
internal sealed class TraceComponent : IBusPeripheral
{
    private readonly Dictionary<uint, uint> _values = [];
    private readonly ComponentIdentity _identity;
    private readonly DebugState _debug;
    private readonly bool _isInstrumentation;

    /// <summary>Makes one of the two.</summary>
    public TraceComponent(string name, ComponentIdentity identity, DebugState debug, bool isInstrumentation)
    {
        Name = name;
        _identity = identity;
        _debug = debug;
        _isInstrumentation = isInstrumentation;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public BusResponse Read(uint offset, int width, BusMaster master, out uint value)
    {
        value = offset >= 0xFD0 ? _identity.Read(offset) : _debug.TraceEnabled ? ReadRegister(offset) : 0;
        return BusResponse.Okay;
    }

    /// <inheritdoc/>
    public BusResponse Write(uint offset, int width, uint value, BusMaster master)
    {
        if (_debug.TraceEnabled && !(_isInstrumentation && offset < 0x80))
        {
            _values[offset] = value;
        }

        return BusResponse.Okay;
    }

    /// <inheritdoc/>
    public void Reset(bool powerOn)
    {
        if (powerOn)
        {
            _values.Clear();
        }
    }

    private uint ReadRegister(uint offset)
    {
        if (_isInstrumentation && offset < 0x80)
        {
            return 1;
        }

        // TPIU: supported port sizes, flush status without formatter stop, device id and type (Cortex-M3 TRM, section 9.3).
        return (_isInstrumentation, offset) switch
        {
            (false, 0x000) => 0x0000_000B,
            (false, 0x300) => 0x0000_0008,
            (false, 0xFC8) => 0x0000_0CA1,
            (false, 0xFCC) => 0x0000_0011,
            _ => _values.GetValueOrDefault(offset),
        };
    }
}
