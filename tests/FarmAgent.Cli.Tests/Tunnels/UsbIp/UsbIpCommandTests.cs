using System.Buffers.Binary;
using FarmAgent.Cli.Tunnels.UsbIp;

namespace FarmAgent.Cli.Tests.Tunnels.UsbIp;

public sealed class UsbIpCommandTests
{
    private static readonly byte[] GetDeviceDescriptor = [0x80, 6, 0, 1, 0, 0, 64, 0];

    [Fact]
    public void Parse_ControlIn_BecomesATransferWithItsSetup()
    {
        Assert.True(UsbIpCommand.TryParse(Header(1, 7, direction: 1, endpoint: 0, length: 64, setup: GetDeviceDescriptor), out var command));

        var transfer = command.ToTransfer([]);
        Assert.Equal((7u, 0x80u, 64u), (transfer.Id, transfer.Endpoint, transfer.Length));
        Assert.Equal(GetDeviceDescriptor, transfer.Setup.ToByteArray());
    }

    [Fact]
    public void Parse_BulkOut_HasItsPayload()
    {
        Assert.True(UsbIpCommand.TryParse(Header(1, 8, direction: 0, endpoint: 2, length: 3), out var command));

        Assert.Equal(3, command.PayloadLength);
        var transfer = command.ToTransfer([1, 2, 3]);
        Assert.Equal((0x02u, 0u, 3, 0), (transfer.Endpoint, transfer.Length, transfer.Data.Length, transfer.Setup.Length));
    }

    [Fact]
    public void Parse_Unlink_NamesItsVictim()
    {
        Assert.True(UsbIpCommand.TryParse(Header(2, 9, direction: 0, endpoint: 0, flags: 7), out var command));

        Assert.Equal((UsbIpProtocol.Unlink, 9u, 7u, 0), (command.Kind, command.Number, command.Victim, command.PayloadLength));
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(3, 0, 0, 0)]
    [InlineData(1, 2, 0, 0)]
    [InlineData(1, 0, 16, 0)]
    [InlineData(1, 0, 2, 0x0010_0001)]
    [InlineData(1, 0, 2, -1)]
    public void Parse_WhatNobodySendsInEarnest_IsRefused(uint kind, uint direction, uint endpoint, int length) =>
        Assert.False(UsbIpCommand.TryParse(Header(kind, 1, direction, endpoint, length: length), out _));

    [Fact]
    public void Parse_ShortHeader_IsRefused() => Assert.False(UsbIpCommand.TryParse(Header(1, 1, 0, 2).AsSpan(0, 47), out _));

    internal static byte[] Header(uint kind, uint number, uint direction, uint endpoint, uint flags = 0, int length = 0, byte[]? setup = null)
    {
        var header = new byte[48];
        uint[] words = [kind, number, 0x0001_0002, direction, endpoint, flags, (uint)length];
        for (var index = 0; index < words.Length; index++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 * index), words[index]);
        }

        setup?.CopyTo(header, 40);
        return header;
    }
}
