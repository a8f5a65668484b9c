using FarmAgent.Simulation.Dap;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.StLink;

/// <summary>The adapter's side of SWD: register transfers and memory accesses with retries, each at its price in SWCLK cycles.</summary>
internal sealed class SwdMaster
{
    private const uint PowerUp = 0x5000_0000;
    private const uint ClearSticky = 0x1E;
    private const uint ControlBase = 0x2300_0000;
    private const int WaitRetries = 8;
    private const long PicosecondsPerKilohertz = 1_000_000_000;
    private readonly SimulatedDap _dap;
    private readonly IBenchTimeline _timeline;
    private readonly StLinkOptions _options;
    private int _width = -1;
    private bool _sticky;

    /// <summary>Wires the master to a target.</summary>
    public SwdMaster(SimulatedDap dap, IBenchTimeline timeline, StLinkOptions options)
    {
        _dap = dap;
        _timeline = timeline;
        _options = options;
    }

    /// <summary>SWCLK in kHz.</summary>
    public int Kilohertz { get; set; } = 1800;

    /// <summary>Selects SWD, reads the identification and asks for power.</summary>
    public LinkStatus Connect()
    {
        _width = -1;
        _sticky = false;
        _dap.SelectSwd();
        Clock(200 + (3 * _options.ClocksPerRegister));
        if (_dap.ReadDebugPort(0, out _) is not DapAck.Okay)
        {
            return LinkStatus.GetIdCodeError;
        }

        _dap.WriteDebugPort(0, ClearSticky);
        return StatusOf(_dap.WriteDebugPort(4, PowerUp), LinkStatus.DebugPortFault);
    }

    /// <summary>Reads a debug port register.</summary>
    public LinkStatus ReadDebugPort(uint address, out uint value)
    {
        Clock(_options.ClocksPerRegister);
        return StatusOf(_dap.ReadDebugPort(address, out value), LinkStatus.DebugPortFault);
    }

    /// <summary>Writes a debug port register. SELECT belongs to the firmware, which keeps its own.</summary>
    public LinkStatus WriteDebugPort(uint address, uint value)
    {
        Clock(_options.ClocksPerRegister);
        if ((address & 15) == 8)
        {
            return LinkStatus.Okay;
        }

        if ((address & 15) == 0)
        {
            _sticky = false;
        }

        return StatusOf(_dap.WriteDebugPort(address, value), LinkStatus.DebugPortFault);
    }

    /// <summary>Reads an access port register and waits for its value.</summary>
    public LinkStatus ReadAccessPort(uint port, uint address, out uint value)
    {
        Clock(3 * _options.ClocksPerRegister);
        value = 0;
        _width = -1;
        var status = Select(port, address);
        if (status == LinkStatus.Okay)
        {
            status = Retry(() => _dap.ReadAccessPort(address, out _), LinkStatus.DebugPortFault);
        }

        if (status == LinkStatus.Okay)
        {
            status = StatusOf(_dap.ReadDebugPort(12, out value), LinkStatus.AccessPortFault);
        }

        _sticky |= status != LinkStatus.Okay;
        return status;
    }

    /// <summary>Writes an access port register and learns from RDBUFF whether it arrived.</summary>
    public LinkStatus WriteAccessPort(uint port, uint address, uint value)
    {
        Clock(3 * _options.ClocksPerRegister);
        _width = -1;
        var status = Select(port, address);
        if (status == LinkStatus.Okay)
        {
            status = Retry(() => _dap.WriteAccessPort(address, value), LinkStatus.DebugPortFault);
        }

        if (status == LinkStatus.Okay)
        {
            status = StatusOf(_dap.ReadDebugPort(12, out _), LinkStatus.AccessPortFault);
        }

        _sticky |= status != LinkStatus.Okay;
        return status;
    }

    /// <summary>Reads memory once, 1, 2 or 4 bytes at an aligned address.</summary>
    public LinkStatus ReadMemory(uint address, int width, out uint value)
    {
        value = 0;
        var status = Prepare(address, width);
        if (status == LinkStatus.Okay)
        {
            status = Retry(() => _dap.ReadAccessPort(12, out _), LinkStatus.AccessPortFault);
        }

        if (status == LinkStatus.Okay)
        {
            status = StatusOf(_dap.ReadDebugPort(12, out value), LinkStatus.AccessPortFault);
            value >>= (int)(address & 3) * 8;
        }

        _sticky |= status != LinkStatus.Okay;
        return status;
    }

    /// <summary>Writes memory once, 1, 2 or 4 bytes at an aligned address.</summary>
    public LinkStatus WriteMemory(uint address, int width, uint value)
    {
        var status = Prepare(address, width);
        if (status == LinkStatus.Okay)
        {
            var lanes = value << ((int)(address & 3) * 8);
            status = Retry(() => _dap.WriteAccessPort(12, lanes), LinkStatus.AccessPortFault);
        }

        if (status == LinkStatus.Okay)
        {
            status = StatusOf(_dap.ReadDebugPort(12, out _), LinkStatus.AccessPortFault);
        }

        _sticky |= status != LinkStatus.Okay;
        return status;
    }

    private LinkStatus Prepare(uint address, int width)
    {
        Clock(_options.ClocksPerWord);
        if (_sticky)
        {
            // The firmware clears what the access before left behind.
            _dap.WriteDebugPort(0, ClearSticky);
            _sticky = false;
        }

        if (_width != width)
        {
            var status = Select(0, 0);
            if (status == LinkStatus.Okay)
            {
                status = Retry(() => _dap.WriteAccessPort(0, ControlBase | (uint)(width / 2)), LinkStatus.AccessPortFault);
            }

            if (status != LinkStatus.Okay)
            {
                _sticky = true;
                return status;
            }

            _width = width;
        }

        return Retry(() => _dap.WriteAccessPort(4, address), LinkStatus.AccessPortFault);
    }

    private LinkStatus Select(uint port, uint address) =>
        StatusOf(_dap.WriteDebugPort(8, (port << 24) | (address & 0xF0)), LinkStatus.DebugPortFault);

    private LinkStatus Retry(Func<DapAck> transfer, LinkStatus fault)
    {
        var acknowledge = transfer();
        for (var attempt = 0; acknowledge == DapAck.Wait && attempt < WaitRetries; attempt++)
        {
            Clock(_options.ClocksPerRegister);
            acknowledge = transfer();
        }

        return StatusOf(acknowledge, fault);
    }

    private static LinkStatus StatusOf(DapAck acknowledge, LinkStatus fault) => acknowledge switch
    {
        DapAck.Okay => LinkStatus.Okay,
        DapAck.Wait => LinkStatus.AccessPortWait,
        DapAck.Fault => fault,
        DapAck.Parity when fault == LinkStatus.AccessPortFault => LinkStatus.AccessPortParity,
        DapAck.Parity => LinkStatus.DebugPortParity,
        _ => LinkStatus.NoDevice,
    };

    private void Clock(int cycles) => _timeline.Spend(cycles * (PicosecondsPerKilohertz / Kilohertz));
}
