using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Dap;

/// <summary>
/// The debug port of the target as it is on the two wires: SW-DP with its sticky flags and posted reads, and the AHB-AP behind it (ADIv5
/// parts B and C; Cortex-M3 TRM chapter 11). It takes no time itself; whoever clocks it does.
/// </summary>
internal sealed class SimulatedDap
{
    private const uint CortexM3Identification = 0x1BA0_1477;
    private const uint StickyError = 1 << 5;
    private const uint StickyOverrun = 1 << 1;
    private const uint StickyCompare = 1 << 4;
    private const uint WriteDataError = 1 << 7;
    private const uint PowerRequests = 0x5000_0000;
    private const uint ControlBits = 0x5400_0F0D;
    private readonly ITargetPins _pins;
    private MemoryAccessPort _port;
    private uint _identification;
    private uint _control;
    private uint _sticky;
    private uint _select;
    private uint _posted;
    private bool _selected;

    /// <summary>Wires the port to the chip's bus.</summary>
    /// <param name="bus">The chip's bus.</param>
    /// <param name="pins">Supply and wires.</param>
    /// <param name="identification">DPIDR.</param>
    public SimulatedDap(SystemBus bus, ITargetPins pins, uint identification = CortexM3Identification)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(pins);
        _pins = pins;
        _identification = identification;
        _port = new MemoryAccessPort(bus);
    }

    /// <summary>Says for an address whether an access to it would keep the bus waiting now; the transfer then answers WAIT.</summary>
    public Func<uint, bool> Stalls { get; set; } = _ => false;

    /// <summary>How many of the next transfers to an access port answer WAIT, for fault plans.</summary>
    public int WaitsToAnswer { get; set; }

    /// <summary>What happens to transfers on the wires; null for nothing.</summary>
    public ISwdDisturbance? Disturbance { get; set; }

    /// <summary>Another chip is in the socket: its debug port answers from now on, as after power-up.</summary>
    public void Attach(SystemBus bus, uint identification)
    {
        _port = new MemoryAccessPort(bus);
        _identification = identification;
        PowerOnReset();
    }

    /// <summary>The target lost its power: all debug port state is gone and SWD must be selected again.</summary>
    public void PowerOnReset()
    {
        _control = 0;
        _sticky = 0;
        _select = 0;
        _posted = 0;
        _selected = false;
        _port.Reset();
    }

    /// <summary>The JTAG-to-SWD sequence and a line reset (ADIv5, section B5.3): the port answers from now on, if it is there.</summary>
    public void SelectSwd()
    {
        _selected = _pins.SwdConnected;
        _select = 0;
    }

    /// <summary>One transfer to the debug port.</summary>
    /// <param name="address">0x0, 0x4, 0x8 or 0xC.</param>
    /// <param name="value">The value read.</param>
    public DapAck ReadDebugPort(uint address, out uint value)
    {
        value = 0;
        if (!Answers())
        {
            return DapAck.Nothing;
        }

        if (Disturbance?.Next(accessPort: false, read: true) is { } disturbed)
        {
            return disturbed;
        }

        switch (address & 0xC)
        {
            case 0:
                value = _identification;
                return DapAck.Okay;
            case 4:
                value = (_select & 15) == 0 ? ControlStatus() : 0;
                return DapAck.Okay;
            case 8:
                // RESEND: the last value once more.
                value = _posted;
                return DapAck.Okay;
            default:
                if (_sticky != 0)
                {
                    return DapAck.Fault;
                }

                value = _posted;
                return DapAck.Okay;
        }
    }

    /// <summary>One transfer to the debug port.</summary>
    public DapAck WriteDebugPort(uint address, uint value)
    {
        if (!Answers())
        {
            return DapAck.Nothing;
        }

        switch (address & 0xC)
        {
            case 0:
                ClearSticky(value);
                return DapAck.Okay;
            case 4 when _sticky != 0:
            case 8 when _sticky != 0:
                return DapAck.Fault;
            case 4 when (_select & 15) == 0:
                _control = value & ControlBits;
                return DapAck.Okay;
            case 8:
                _select = value;
                return DapAck.Okay;
            default:
                return DapAck.Okay;
        }
    }

    /// <summary>One read of an access port; the value is that of the read before (posted), the new one comes with the next read or RDBUFF.</summary>
    public DapAck ReadAccessPort(uint address, out uint value)
    {
        value = _posted;
        var acknowledge = BeforeAccess(address, read: true);
        if (acknowledge is not DapAck.Okay and not DapAck.Parity)
        {
            return acknowledge;
        }

        if (AccessPortNumber != 0)
        {
            _posted = 0;
            return acknowledge;
        }

        if (_port.Read(Bank | (address & 0xC), out _posted) == BusResponse.Error)
        {
            _sticky |= StickyError;
        }

        return acknowledge;
    }

    /// <summary>One write to an access port. A bus error shows as FAULT of the transfer after it.</summary>
    public DapAck WriteAccessPort(uint address, uint value)
    {
        var acknowledge = BeforeAccess(address, read: false);
        if (acknowledge == DapAck.Okay && AccessPortNumber == 0 && _port.Write(Bank | (address & 0xC), value) == BusResponse.Error)
        {
            _sticky |= StickyError;
        }

        return acknowledge;
    }

    private uint AccessPortNumber => _select >> 24;

    private uint Bank => _select & 0xF0;

    private bool Answers()
    {
        if (!_pins.SwdConnected)
        {
            _selected = false;
        }

        return _selected;
    }

    private DapAck BeforeAccess(uint address, bool read)
    {
        if (!Answers())
        {
            return DapAck.Nothing;
        }

        // Without power to debug and system domains, nothing can pass to an access port.
        if ((_control & PowerRequests) != PowerRequests)
        {
            _sticky |= StickyError;
        }

        if (_sticky != 0)
        {
            return DapAck.Fault;
        }

        if (WaitsToAnswer > 0)
        {
            WaitsToAnswer--;
            return DapAck.Wait;
        }

        if (AccessPortNumber == 0 && _port.AddressOf(Bank | (address & 0xC)) is { } target && Stalls(target))
        {
            return DapAck.Wait;
        }

        return Disturbance?.Next(accessPort: true, read) ?? DapAck.Okay;
    }

    private uint ControlStatus() => _control | ((_control & PowerRequests) << 1) | _sticky;

    private void ClearSticky(uint abort)
    {
        _sticky &= ~(((abort & 2) != 0 ? StickyCompare : 0)
            | ((abort & 4) != 0 ? StickyError : 0)
            | ((abort & 8) != 0 ? WriteDataError : 0)
            | ((abort & 16) != 0 ? StickyOverrun : 0));
        if ((abort & 1) != 0)
        {
            WaitsToAnswer = 0;
        }
    }
}
