using System.Buffers.Binary;

namespace FarmAgent.Simulation.StLink;

/// <summary>Debug port and access port registers, one by one and in batches.</summary>
internal sealed partial class StLinkFirmware
{
    private const ushort DebugPort = 0xFFFF;
    private const int ItemLimitV2 = 64;
    private const int ItemLimitV3 = 1227;
    private (LinkStatus Status, uint Value)[] _miscellaneous = [];

    private int ItemLimit => _options.Generation >= 3 ? ItemLimitV3 : ItemLimitV2;

    private void DispatchPorts(byte sub)
    {
        switch (sub)
        {
            case 0x45:
                ReplyValue(ReadPort(Half(2), Half(4), out var value), value);
                break;
            case 0x46:
                ReplyStatus(WritePort(Half(2), Half(4), Word(6)));
                break;
            case 0x51:
                var count = Word(2);
                ExpectData(MiscellaneousLength(count), data => RunMiscellaneous(data, (int)count));
                break;
            case 0x52:
                CollectMiscellaneous();
                break;
            case 0x53:
                Reply((byte)LinkStatus.Okay, 0, (byte)ItemLimit, (byte)(ItemLimit >> 8));
                break;
            default:
                ReplyStatus(LinkStatus.UnknownCommand);
                break;
        }
    }

    private LinkStatus ReadPort(ushort port, uint address, out uint value)
    {
        if (port != DebugPort)
        {
            return _swd.ReadAccessPort(port, address, out value);
        }

        // Without bank selection the firmware knows only bank 0.
        if (address > 15 && !Has(32, 2))
        {
            value = 0;
            return LinkStatus.CommandError;
        }

        return _swd.ReadDebugPort(address, out value);
    }

    private LinkStatus WritePort(ushort port, uint address, uint value) =>
        port == DebugPort ? _swd.WriteDebugPort(address, value) : _swd.WriteAccessPort(port, address, value);

    private static int MiscellaneousLength(uint count)
    {
        var items = (int)Math.Min(count, ItemLimitV3);
        return ((items + 3) & ~3) + (items * 4);
    }

    private void RunMiscellaneous(byte[] data, int count)
    {
        if (count > ItemLimit)
        {
            _miscellaneous = new (LinkStatus, uint)[Math.Min(count, ItemLimitV3)];
            Array.Fill(_miscellaneous, (LinkStatus.CommandError, 0u));
            return;
        }

        var operands = data.AsSpan((count + 3) & ~3);
        var results = new (LinkStatus Status, uint Value)[count];
        var address = 0u;
        uint port = 0;
        for (var index = 0; index < count; index++)
        {
            var operand = BinaryPrimitives.ReadUInt32LittleEndian(operands[(index * 4)..]);
            results[index].Status = LinkStatus.Okay;
            switch (data[index])
            {
                case 1:
                    address = operand;
                    break;
                case 2:
                    results[index].Status = port == 0 ? WriteDebugRegister(address, operand) : LinkStatus.BadAccessPort;
                    break;
                case 3:
                    results[index].Status = port == 0 ? ReadDebugRegister(operand, out results[index].Value) : LinkStatus.BadAccessPort;
                    break;
                case 5:
                    port = operand;
                    break;
                default:
                    results[index].Status = LinkStatus.UnknownCommand;
                    break;
            }
        }

        _miscellaneous = results;
    }

    private void CollectMiscellaneous()
    {
        var count = _miscellaneous.Length;
        var reply = new byte[count * 8];
        for (var index = 0; index < count; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(index * 4), _miscellaneous[index].Value);
            BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan((count + index) * 4), (uint)_miscellaneous[index].Status);
        }

        _replies.Enqueue(reply);
    }
}
