using System.Buffers.Binary;

namespace FarmAgent.Probes.StLink;

/// <content>Memory: single words by the register commands, ranges by the block commands with their status asked for after each.</content>
internal sealed partial class StLinkProbe : IMemoryAccess
{
    /// <inheritdoc/>
    public uint ReadWord(uint address)
    {
        RequireAligned(address, 4);
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.ReadWord);
        BinaryPrimitives.WriteUInt32LittleEndian(command[2..], address);
        Span<byte> reply = stackalloc byte[8];
        Execute(command, reply, $"read the word at 0x{address:X8}", repeatable: true, address);
        return BinaryPrimitives.ReadUInt32LittleEndian(reply[4..]);
    }

    /// <inheritdoc/>
    public void WriteWord(uint address, uint value)
    {
        RequireAligned(address, 4);
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.WriteWord);
        BinaryPrimitives.WriteUInt32LittleEndian(command[2..], address);
        BinaryPrimitives.WriteUInt32LittleEndian(command[6..], value);
        Execute(command, stackalloc byte[2], $"write 0x{value:X8} to 0x{address:X8}", repeatable: false, address, selfClearing: true);
    }

    /// <inheritdoc/>
    public ushort ReadHalfWord(uint address)
    {
        RequireAligned(address, 2);
        RequireHalfWords();
        Span<byte> data = stackalloc byte[2];
        ReadBlock(StLinkDebugCommand.ReadMemory16, address, data);
        return BinaryPrimitives.ReadUInt16LittleEndian(data);
    }

    /// <inheritdoc/>
    public void WriteHalfWord(uint address, ushort value)
    {
        RequireAligned(address, 2);
        RequireHalfWords();
        Span<byte> data = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(data, value);
        WriteBlock(StLinkDebugCommand.WriteMemory16, address, data);
    }

    /// <inheritdoc/>
    public void Read(uint address, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var (command, length) = NextBlock(address, buffer.Length, StLinkDebugCommand.ReadMemory32, StLinkDebugCommand.ReadMemory8);
            ReadBlock(command, address, buffer[..length]);
            buffer = buffer[length..];
            address += (uint)length;
        }
    }

    /// <inheritdoc/>
    public void Write(uint address, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var (command, length) = NextBlock(address, data.Length, StLinkDebugCommand.WriteMemory32, StLinkDebugCommand.WriteMemory8);
            WriteBlock(command, address, data[..length]);
            data = data[length..];
            address += (uint)length;
        }
    }

    private static void RequireAligned(uint address, uint size)
    {
        if (address % size != 0)
        {
            throw new MemoryFaultException(address, $"0x{address:X8} is not a multiple of {size}. Use an aligned address, or access single bytes.");
        }
    }

    private static void PutRange(Span<byte> command, uint address, int length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(command[2..], address);
        BinaryPrimitives.WriteUInt16LittleEndian(command[6..], (ushort)length);
    }

    private static (StLinkDebugCommand Command, int Length) NextBlock(uint address, int left, StLinkDebugCommand byWords, StLinkDebugCommand byBytes)
    {
        if (address % 4 == 0 && left >= 4)
        {
            return (byWords, Math.Min(left & ~3, StLinkTransport.DataLimit));
        }

        // At most three bytes, before the first word or after the last one: far below any firmware's limit for single bytes.
        return (byBytes, Math.Min(left, (int)(4 - (address % 4))));
    }

    private void ReadBlock(StLinkDebugCommand operation, uint address, Span<byte> data)
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], operation);
        PutRange(command, address, data.Length);

        // The firmware answers a read of one byte with two.
        Span<byte> padded = stackalloc byte[2];
        var retry = default(RetryState);
        while (true)
        {
            if (data.Length == 1)
            {
                _transport.Exchange(command, padded, repeatable: true);
                data[0] = padded[0];
            }
            else
            {
                _transport.Exchange(command, data, repeatable: true);
            }

            var (status, at) = ReadLastStatus(address);
            if (status == StLinkStatus.Ok)
            {
                return;
            }

            React(status, ref retry, $"read {data.Length} bytes at 0x{address:X8}", at);
        }
    }

    private void WriteBlock(StLinkDebugCommand operation, uint address, ReadOnlySpan<byte> data)
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], operation);
        PutRange(command, address, data.Length);
        var retry = default(RetryState);
        while (true)
        {
            _transport.SendData(command, data);
            var (status, at) = ReadLastStatus(address);
            if (status == StLinkStatus.Ok)
            {
                return;
            }

            React(status, ref retry, $"write {data.Length} bytes at 0x{address:X8}", at);
        }
    }

    private (StLinkStatus Status, uint Address) ReadLastStatus(uint address)
    {
        Span<byte> command = stackalloc byte[StLinkTransport.CommandLength];
        Span<byte> reply = stackalloc byte[12];
        _transport.Exchange(NewCommand(command, StLinkDebugCommand.GetLastStatus), reply, repeatable: true);
        var at = BinaryPrimitives.ReadUInt32LittleEndian(reply[4..]);
        return ((StLinkStatus)reply[0], at == 0 ? address : at);
    }

    private void RequireHalfWords()
    {
        if (!_version.AccessesHalfWords)
        {
            throw StLinkFirmwareGate.TooOld(Info, _version, "V2J26", "access by half-words");
        }
    }
}
