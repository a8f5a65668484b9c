using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using FarmAgent.Api.V1;
using Google.Protobuf;

namespace FarmAgent.Cli.Tunnels.UsbIp;

/// <summary>A command of an importer: a transfer, or one to be taken back.</summary>
/// <param name="Kind"><see cref="UsbIpProtocol.Submit"/> or <see cref="UsbIpProtocol.Unlink"/>.</param>
/// <param name="Number">Number of the command.</param>
/// <param name="IsIn">True for a transfer to the host.</param>
/// <param name="Endpoint">Endpoint number.</param>
/// <param name="Flags">Flags of the kernel's transfer.</param>
/// <param name="Length">Bytes to send or to receive.</param>
/// <param name="Setup">Setup packet of a control transfer.</param>
/// <param name="Victim">Number of the command to take back.</param>
internal sealed record UsbIpCommand(uint Kind, uint Number, bool IsIn, uint Endpoint, uint Flags, int Length, ulong Setup, uint Victim)
{
    /// <summary>Longest transfer that is passed on.</summary>
    public const int LongestTransfer = 1 << 20;

    private const uint HighestEndpoint = 15;
    private const uint ShortIsWrong = 1;

    /// <summary>Bytes that follow the header.</summary>
    public int PayloadLength => Kind == UsbIpProtocol.Submit && !IsIn ? Length : 0;

    /// <summary>True when receiving less than was asked for counts as an error (URB_SHORT_NOT_OK).</summary>
    public bool RefusesShort => IsIn && (Flags & ShortIsWrong) != 0;

    /// <summary>Reads a header.</summary>
    /// <param name="header">48 bytes.</param>
    /// <param name="command">The command on success.</param>
    /// <returns>False when it is none, or one that nobody can have sent in earnest; where the next one begins is then unknown.</returns>
    public static bool TryParse(ReadOnlySpan<byte> header, [NotNullWhen(true)] out UsbIpCommand? command)
    {
        command = null;
        if (header.Length != UsbIpProtocol.HeaderLength)
        {
            return false;
        }

        var kind = Word(header, 0);
        var (number, direction, endpoint) = (Word(header, 1), Word(header, 3), Word(header, 4));
        if (kind == UsbIpProtocol.Unlink)
        {
            command = new UsbIpCommand(kind, number, IsIn: false, endpoint, 0, 0, 0, Word(header, 5));
            return true;
        }

        var length = Word(header, 6);
        if (kind != UsbIpProtocol.Submit || direction > 1 || endpoint > HighestEndpoint || length > LongestTransfer)
        {
            return false;
        }

        command = new UsbIpCommand(
            kind, number, direction == 1, endpoint, Word(header, 5), (int)length, BinaryPrimitives.ReadUInt64LittleEndian(header[40..]), 0);
        return true;
    }

    /// <summary>The transfer for the agent.</summary>
    /// <param name="payload">Data to send.</param>
    public UsbTransfer ToTransfer(byte[] payload)
    {
        var transfer = new UsbTransfer
        {
            Id = Number,
            Endpoint = Endpoint | (IsIn ? 0x80u : 0),
            Data = UnsafeByteOperations.UnsafeWrap(payload),
            Length = IsIn ? (uint)Length : 0,
        };
        if (Endpoint == 0)
        {
            var setup = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(setup, Setup);
            transfer.Setup = UnsafeByteOperations.UnsafeWrap(setup);
        }

        return transfer;
    }

    private static uint Word(ReadOnlySpan<byte> header, int index) => BinaryPrimitives.ReadUInt32BigEndian(header[(4 * index)..]);
}
