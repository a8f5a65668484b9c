using System.Buffers.Binary;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Probes.StLink;

/// <content>Core registers, and registers of the debug port and access ports.</content>
internal sealed partial class StLinkProbe
{
    /// <inheritdoc/>
    public uint ReadCoreRegister(CoreRegister register)
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.ReadRegister);
        command[2] = (byte)register;
        Span<byte> reply = stackalloc byte[8];
        Execute(command, reply, $"read core register {register}", repeatable: true);
        return BinaryPrimitives.ReadUInt32LittleEndian(reply[4..]);
    }

    /// <inheritdoc/>
    public void WriteCoreRegister(CoreRegister register, uint value)
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.WriteRegister);
        command[2] = (byte)register;
        BinaryPrimitives.WriteUInt32LittleEndian(command[3..], value);
        Execute(command, stackalloc byte[2], $"write core register {register}", repeatable: true);
    }

    /// <inheritdoc/>
    public uint ReadDapRegister(ushort port, ushort address)
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.ReadDap);
        PutDapAddress(command, port, address);
        Span<byte> reply = stackalloc byte[8];
        Execute(command, reply, $"read {DapName(port)} register 0x{address:X2}", repeatable: port == IDebugProbe.DebugPortNumber);
        return BinaryPrimitives.ReadUInt32LittleEndian(reply[4..]);
    }

    /// <inheritdoc/>
    public void WriteDapRegister(ushort port, ushort address, uint value)
    {
        Span<byte> command = NewCommand(stackalloc byte[StLinkTransport.CommandLength], StLinkDebugCommand.WriteDap);
        PutDapAddress(command, port, address);
        BinaryPrimitives.WriteUInt32LittleEndian(command[6..], value);
        Execute(command, stackalloc byte[2], $"write {DapName(port)} register 0x{address:X2}", repeatable: false);
    }

    private static string DapName(ushort port) => port == IDebugProbe.DebugPortNumber ? "DP" : $"AP{port}";

    private void PutDapAddress(Span<byte> command, ushort port, ushort address)
    {
        if (!_version.AccessesDap)
        {
            throw StLinkFirmwareGate.TooOld(Info, _version, "V2J24", "access to registers of the debug port");
        }

        BinaryPrimitives.WriteUInt16LittleEndian(command[2..], port);
        BinaryPrimitives.WriteUInt16LittleEndian(command[4..], address);
    }
}
