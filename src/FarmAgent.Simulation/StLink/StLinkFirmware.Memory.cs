using System.Buffers.Binary;

namespace FarmAgent.Simulation.StLink;

/// <summary>Memory blocks. Their data phases carry no status; the last one is asked for by <c>3B</c> or <c>3E</c>.</summary>
internal sealed partial class StLinkFirmware
{
    private const int ByteLimitV2 = 64;
    private const int ByteLimitV3 = 512;
    private const int BlockLimit = 0xFFFC;
    private LinkStatus _lastStatus = LinkStatus.Okay;
    private uint _lastFault;

    private int ByteLimit => _options.Generation >= 3 && Has(0, 6) ? ByteLimitV3 : ByteLimitV2;

    private void DispatchMemory(byte sub)
    {
        switch (sub)
        {
            case 0x07:
                ReadBlock(4, increment: true);
                break;
            case 0x47:
                ReadBlock(2, increment: true);
                break;
            case 0x0C:
                ReadBlock(1, increment: true);
                break;
            case 0x54:
                ReadBlock(4, increment: false);
                break;
            case 0x08:
                WriteBlock(4, increment: true);
                break;
            case 0x48:
                WriteBlock(2, increment: true);
                break;
            case 0x0D:
                WriteBlock(1, increment: true);
                break;
            case 0x50:
                WriteBlock(4, increment: false);
                break;
            default:
                DispatchPorts(sub);
                break;
        }
    }

    private void ReplyLastStatus()
    {
        var reply = new byte[12];
        reply[0] = (byte)_lastStatus;
        BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(4), _lastFault);
        _replies.Enqueue(reply);
    }

    private LinkStatus Remember(LinkStatus status, uint address)
    {
        if (status == LinkStatus.AccessPortFault && !Has(24, 0))
        {
            // Before it knew single port registers the firmware had no name for this.
            status = LinkStatus.Unknown;
        }

        _lastStatus = status;
        _lastFault = status == LinkStatus.Okay ? 0 : address;
        return status;
    }

    private void ReadBlock(int width, bool increment)
    {
        var address = Word(2);
        int length = Half(6);
        // One byte alone is answered by two.
        var reply = new byte[width == 1 ? Math.Max(2, length) : length];
        if (CheckBlock(address, length, width))
        {
            for (var offset = 0; offset < length; offset += width)
            {
                if (Remember(_swd.ReadMemory(address, width, out var value), address) != LinkStatus.Okay)
                {
                    break;
                }

                Put(reply.AsSpan(offset), width, value);
                address += increment ? (uint)width : 0;
            }
        }

        _replies.Enqueue(reply);
    }

    private void WriteBlock(int width, bool increment)
    {
        var address = Word(2);
        int length = Half(6);
        var accepted = CheckBlock(address, length, width);
        ExpectData(length, data =>
        {
            for (var offset = 0; accepted && offset < data.Length; offset += width)
            {
                accepted = Remember(_swd.WriteMemory(address, width, Get(data.AsSpan(offset), width)), address) == LinkStatus.Okay;
                address += increment ? (uint)width : 0;
            }
        });
    }

    private bool CheckBlock(uint address, int length, int width)
    {
        var limit = width == 1 ? ByteLimit : BlockLimit;
        var status = LinkStatus.Okay;
        if (address % width != 0 || length % width != 0)
        {
            status = LinkStatus.AlignmentError;
        }
        else if (length > limit)
        {
            status = LinkStatus.CommandError;
        }
        else if (_command[8] != 0 && Has(32, 2))
        {
            status = LinkStatus.BadAccessPort;
        }

        return Remember(status, address) == LinkStatus.Okay;
    }

    private static void Put(Span<byte> target, int width, uint value)
    {
        switch (width)
        {
            case 4:
                BinaryPrimitives.WriteUInt32LittleEndian(target, value);
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)value);
                break;
            default:
                target[0] = (byte)value;
                break;
        }
    }

    private static uint Get(ReadOnlySpan<byte> source, int width) => width switch
    {
        4 => BinaryPrimitives.ReadUInt32LittleEndian(source),
        2 => BinaryPrimitives.ReadUInt16LittleEndian(source),
        _ => source[0],
    };
}
