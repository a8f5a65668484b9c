using System.Buffers.Binary;
using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Bench;

namespace FarmAgent.Simulation.Tests.Faults;

/// <summary>The few ST-LINK commands that a test needs to program flash half-word by half-word, without a driver.</summary>
internal sealed class StLinkHost : IDisposable
{
    private const byte Out = 0x02;
    private const byte In = 0x81;
    private const uint KeyRegister = 0x4002_2004;
    private const uint ControlRegister = 0x4002_2010;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly IUsbBulkPipe _pipe;

    public StLinkHost(VirtualBench bench, StLinkHost? reopen = null)
    {
        reopen?.Dispose();
        var usb = bench.OpenBackend().Usb;
        _pipe = usb.Open(usb.List().Single(), 0);
    }

    /// <summary>Leaves DFU mode, enters SWD, unlocks the flash and sets PG.</summary>
    public void PrepareProgramming()
    {
        Send(0xF3, 0x07);
        Ask(2, 0xF2, 0x30, 0xA3);
        WriteWord(0xE000_EDF0, 0xA05F_0003);
        WriteWord(KeyRegister, 0x4567_0123);
        WriteWord(KeyRegister, 0xCDEF_89AB);
        WriteWord(ControlRegister, 1);
    }

    public void WriteWord(uint address, uint value)
    {
        Span<byte> command = stackalloc byte[10];
        command[0] = 0xF2;
        command[1] = 0x35;
        BinaryPrimitives.WriteUInt32LittleEndian(command[2..], address);
        BinaryPrimitives.WriteUInt32LittleEndian(command[6..], value);
        Assert.Equal(0x80, Ask(2, command)[0]);
    }

    public uint ReadWord(uint address)
    {
        Span<byte> command = stackalloc byte[6];
        command[0] = 0xF2;
        command[1] = 0x36;
        BinaryPrimitives.WriteUInt32LittleEndian(command[2..], address);
        var reply = Ask(8, command);
        Assert.Equal(0x80, reply[0]);
        return BinaryPrimitives.ReadUInt32LittleEndian(reply.AsSpan(4));
    }

    /// <summary>Writes half-words in one command (16-bit access); the bus waits for the flash between them.</summary>
    public void WriteHalfWords(uint address, params ReadOnlySpan<byte> data)
    {
        Span<byte> command = stackalloc byte[8];
        command[0] = 0xF2;
        command[1] = 0x48;
        BinaryPrimitives.WriteUInt32LittleEndian(command[2..], address);
        BinaryPrimitives.WriteUInt16LittleEndian(command[6..], (ushort)data.Length);
        Send(command);
        _pipe.Write(Out, data, Limit);
    }

    public byte[] Ask(int length, params ReadOnlySpan<byte> command)
    {
        Send(command);
        var reply = new byte[length];
        Assert.Equal(length, _pipe.Read(In, reply, Limit));
        return reply;
    }

    public void Dispose() => _pipe.Dispose();

    private void Send(params ReadOnlySpan<byte> command)
    {
        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        command.CopyTo(padded);
        _pipe.Write(Out, padded, Limit);
    }
}
