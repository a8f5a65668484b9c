using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Dap;

/// <summary>The AHB access port: memory accesses of the debugger (ADIv5, chapter C2; Cortex-M3 TRM, section 11.5).</summary>
internal sealed class MemoryAccessPort
{
    private const uint Identification = 0x1477_0011;
    private const uint RomTableBase = 0xE00F_F003;
    private const uint DeviceEnabled = 1 << 6;
    private const uint WritableControl = 0x3F00_0037;
    private const uint ControlAfterReset = 0x0300_0002;
    private const uint IncrementWindow = 0xFFF;
    private readonly SystemBus _bus;
    private uint _control = ControlAfterReset;
    private uint _address;

    /// <summary>Wires the port to the bus.</summary>
    public MemoryAccessPort(SystemBus bus) => _bus = bus;

    private int Width => (_control & 7) switch
    {
        0 => 1,
        1 => 2,
        _ => 4,
    };

    private uint IncrementMode => (_control >> 4) & 3;

    /// <summary>Goes to the power-on state.</summary>
    public void Reset()
    {
        _control = ControlAfterReset;
        _address = 0;
    }

    /// <summary>Where a transfer to this register goes on the bus; null when it stays in the port.</summary>
    public uint? AddressOf(uint register) => register switch
    {
        0x0C => _address,
        >= 0x10 and <= 0x1C => BankedAddress(register),
        _ => null,
    };

    /// <summary>Reads a register, which may be an access to memory.</summary>
    public BusResponse Read(uint register, out uint value)
    {
        value = 0;
        switch (register)
        {
            case 0x00:
                value = _control | DeviceEnabled;
                break;
            case 0x04:
                value = _address;
                break;
            case 0x0C:
                return Transfer(write: false, ref value);
            case >= 0x10 and <= 0x1C:
                return _bus.Read(BankedAddress(register), 4, BusMaster.Debugger, out value);
            case 0xF8:
                value = RomTableBase;
                break;
            case 0xFC:
                value = Identification;
                break;
            default:
                break;
        }

        return BusResponse.Okay;
    }

    /// <summary>Writes a register, which may be an access to memory.</summary>
    public BusResponse Write(uint register, uint value)
    {
        switch (register)
        {
            case 0x00:
                // A size that the port lacks is not taken.
                _control = (value & 7) > 2 ? (_control & 7) | (value & WritableControl & ~7u) : value & WritableControl;
                break;
            case 0x04:
                _address = value;
                break;
            case 0x0C:
                return Transfer(write: true, ref value);
            case >= 0x10 and <= 0x1C:
                return _bus.Write(BankedAddress(register), 4, value, BusMaster.Debugger);
            default:
                break;
        }

        return BusResponse.Okay;
    }

    private uint BankedAddress(uint register) => (_address & ~15u) | (register & 12);

    private BusResponse Transfer(bool write, ref uint data)
    {
        var count = IncrementMode == 2 ? 4 / Width : 1;
        var result = write ? data : 0;
        for (var index = 0; index < count; index++)
        {
            if (Beat(write, ref result) == BusResponse.Error)
            {
                return BusResponse.Error;
            }
        }

        data = result;
        return BusResponse.Okay;
    }

    /// <summary>One access; bytes travel in the lane that their address selects.</summary>
    private BusResponse Beat(bool write, ref uint data)
    {
        var width = Width;
        if ((_address & (uint)(width - 1)) != 0)
        {
            return BusResponse.Error;
        }

        var shift = (int)(_address & 3) * 8;
        var lanes = (width == 4 ? uint.MaxValue : (1u << (width * 8)) - 1) << shift;
        BusResponse response;
        if (write)
        {
            response = _bus.Write(_address, width, (data & lanes) >> shift, BusMaster.Debugger);
        }
        else
        {
            response = _bus.Read(_address, width, BusMaster.Debugger, out var value);
            data = (data & ~lanes) | (value << shift);
        }

        if (response == BusResponse.Okay && IncrementMode != 0)
        {
            // The increment wraps within a block of 4 KiB (Cortex-M3 TRM r1p1, table 11-8); ADIv5 itself promises only 1 KiB.
            _address = (_address & ~IncrementWindow) | ((_address + (uint)width) & IncrementWindow);
        }

        return response;
    }
}
