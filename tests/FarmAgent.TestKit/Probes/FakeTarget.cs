using FarmAgent.Hardware.Usb;
using FarmAgent.Probes;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.TestKit.Probes;

/// <summary>
/// A probe with a chip whose core only halts, runs and is reset: enough for the order of steps. What needs real instructions runs on the
/// virtual bench instead.
/// </summary>
public sealed class FakeTarget : IDebugProbe, IMemoryAccess
{
    private const uint HaltingControl = 0xE000_EDF0;
    private const uint ExceptionMonitor = 0xE000_EDFC;
    private readonly List<string> _log = [];
    private bool _halted;
    private bool _debug;
    private bool _wasReset;
    private bool _nrstLow;

    public Dictionary<uint, uint> Words { get; } = new()
    {
        [0xE000_ED00] = 0x411F_C231,
        [0xE004_2000] = 0x2003_6410,
        [0xE004_2004] = 0,
        [ExceptionMonitor] = 0,
    };

    public IReadOnlyList<string> Log => _log;

    /// <summary>Fastest clock at which the wires work.</summary>
    public int WorksUpTo { get; init; } = int.MaxValue;

    /// <summary>The firmware turned the debug pins off: only a chip in reset answers.</summary>
    public bool OnlyUnderReset { get; init; }

    public bool NrstWired { get; init; } = true;

    public double? Volts { get; init; } = 3.3;

    public bool IsHalted => _halted;

    public bool DebugEnabled => _debug;

    public bool IsDisposed { get; private set; }

    public ProbeInfo Info { get; } = new()
    {
        Model = "fake",
        Serial = "1",
        Device = new UsbDeviceInfo { VendorId = 1, ProductId = 2, PortPath = "1-1" },
        Selector = ProbeSelector.Any,
    };

    public string Firmware => "fake";

    public long CommandsSent => 0;

    public ProbeCapabilities Capabilities { get; } = new(true, true, true, true);

    public int SwdKilohertz { get; private set; }

    public IMemoryAccess Memory => this;

    private bool Answers => SwdKilohertz <= WorksUpTo && (!OnlyUnderReset || _nrstLow || _halted);

    public bool Resynchronise() => false;

    public double? ReadTargetVolts() => Volts;

    public int SetSwdKilohertz(int kilohertz) => SwdKilohertz = kilohertz;

    public void EnterSwd()
    {
        _log.Add($"enter at {SwdKilohertz}{(_nrstLow ? " in reset" : string.Empty)}");
        RequireAnswer();
    }

    public void LeaveSwd() => _log.Add("leave");

    public void DriveReset(bool low)
    {
        _log.Add(low ? "nrst low" : "nrst high");
        if (NrstWired && _nrstLow && !low)
        {
            Reset();
        }

        _nrstLow = NrstWired && low;
    }

    public uint DebugPortId { get; init; } = 0x1BA0_1477;

    public uint ReadDebugPortId() => DebugPortId;

    public uint ReadCoreRegister(CoreRegister register) => 0;

    public void WriteCoreRegister(CoreRegister register, uint value) => _log.Add($"{register} = {value:X8}");

    public uint ReadDapRegister(ushort port, ushort address) => 0;

    public void WriteDapRegister(ushort port, ushort address, uint value) => _log.Add("dap");

    public uint ReadWord(uint address)
    {
        RequireAnswer();
        if (address != HaltingControl)
        {
            return Words.TryGetValue(address, out var value) ? value : throw new MemoryFaultException(address, "fake");
        }

        var state = (_debug ? 1u : 0) | (_halted ? 0x2_0002u : 0) | (_wasReset || _nrstLow ? 1u << 25 : 0);
        _wasReset = false;
        return state;
    }

    public void WriteWord(uint address, uint value)
    {
        RequireAnswer();
        switch (address)
        {
            case HaltingControl:
                _log.Add($"DHCSR {value & 0xF:X}");
                _debug = (value & 1) != 0;
                _halted = _debug && (value & 6) != 0;
                break;
            case 0xE000_ED0C:
                _log.Add("sysresetreq");
                Reset();
                break;
            default:
                Words[address] = value;
                break;
        }
    }

    public ushort ReadHalfWord(uint address) => (ushort)ReadWord(address);

    public void WriteHalfWord(uint address, ushort value) => WriteWord(address, value);

    public void Read(uint address, Span<byte> buffer) => throw new MemoryFaultException(address, "fake");

    public void Write(uint address, ReadOnlySpan<byte> data) => throw new MemoryFaultException(address, "fake");

    public void Dispose()
    {
        _log.Add("dispose");
        IsDisposed = true;
    }

    private void Reset()
    {
        _wasReset = true;
        _halted = _debug && (Words[ExceptionMonitor] & 1) != 0;
    }

    private void RequireAnswer()
    {
        if (!Answers)
        {
            throw new TargetException("TARGET_NOT_CONNECTED", "fake: no answer");
        }
    }
}
