using System.Buffers.Binary;

namespace FarmAgent.Simulation.StLink;

/// <summary>Identification and the core's registers.</summary>
internal sealed partial class StLinkFirmware
{
    private const uint ApplicationControl = 0xE000_ED0C;
    private const uint HaltingControl = 0xE000_EDF0;
    private const uint RegisterSelector = 0xE000_EDF4;
    private const uint RegisterData = 0xE000_EDF8;
    private const uint HaltingKey = 0xA05F_0000;
    private const uint RegisterReady = 1 << 16;
    private const uint IsHalted = 1 << 17;
    private const int ReadyPolls = 100;

    private void ReplyIdCodes()
    {
        var status = _swd.ReadDebugPort(0, out var identity);
        var reply = new byte[12];
        reply[0] = (byte)status;
        BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(4), identity);
        _replies.Enqueue(reply);
    }

    private void ReplyCoreIdentity()
    {
        _swd.ReadDebugPort(0, out var identity);
        var reply = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(reply, identity);
        _replies.Enqueue(reply);
    }

    private void ReplyCoreState()
    {
        var status = ReadDebugRegister(HaltingControl, out var control);
        if (status == LinkStatus.Okay && (control & IsHalted) != 0)
        {
            status = LinkStatus.False;
        }

        ReplyStatus(status);
    }

    private LinkStatus ReadDebugRegister(uint address, out uint value)
    {
        if ((address & 3) != 0)
        {
            value = 0;
            return Remember(LinkStatus.AlignmentError, address);
        }

        return Remember(_swd.ReadMemory(address, 4, out value), address);
    }

    private LinkStatus WriteDebugRegister(uint address, uint value)
    {
        if ((address & 3) != 0)
        {
            return Remember(LinkStatus.AlignmentError, address);
        }

        return Remember(_swd.WriteMemory(address, 4, value), address);
    }

    private LinkStatus ReadCoreRegister(byte index, out uint value)
    {
        value = 0;
        var status = WriteDebugRegister(RegisterSelector, index);
        if (status == LinkStatus.Okay)
        {
            status = AwaitRegister();
        }

        return status == LinkStatus.Okay ? ReadDebugRegister(RegisterData, out value) : status;
    }

    private LinkStatus WriteCoreRegister(byte index, uint value)
    {
        var status = WriteDebugRegister(RegisterData, value);
        if (status == LinkStatus.Okay)
        {
            status = WriteDebugRegister(RegisterSelector, index | 0x1_0000u);
        }

        return status == LinkStatus.Okay ? AwaitRegister() : status;
    }

    private LinkStatus AwaitRegister()
    {
        // Reading the halting control clears its sticky bits, as it does for the real adapter.
        for (var poll = 0; poll < ReadyPolls; poll++)
        {
            var status = ReadDebugRegister(HaltingControl, out var control);
            if (status != LinkStatus.Okay || (control & RegisterReady) != 0)
            {
                return status;
            }
        }

        return LinkStatus.CommandError;
    }

    private void ReplyAllRegisters()
    {
        var reply = new byte[88];
        var status = LinkStatus.Okay;
        for (byte index = 0; index <= 18 && status == LinkStatus.Okay; index++)
        {
            status = ReadCoreRegister(index, out var value);
            BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(4 + (index * 4)), value);
        }

        if (status == LinkStatus.Okay)
        {
            status = ReadCoreRegister(20, out var special);
            BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(80), special);
        }

        reply[0] = (byte)status;
        _replies.Enqueue(reply);
    }
}
