using System.Buffers.Binary;
using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Tunnels.UsbIp;

/// <summary>What goes back to an importer.</summary>
internal static class UsbIpReturns
{
    // Linux' error numbers, which the protocol uses on every machine.
    private const int BrokenPipe = -32;
    private const int Protocol = -71;
    private const int Overflow = -75;
    private const int ConnectionReset = -104;
    private const int TimedOut = -110;
    private const int RemoteIo = -121;

    /// <summary>A transfer is over.</summary>
    /// <param name="command">The transfer.</param>
    /// <param name="completion">How it went.</param>
    public static byte[] Of(UsbIpCommand command, UsbCompletion completion)
    {
        var data = command.IsIn ? completion.Data.Span : default;
        var bytes = Header(UsbIpProtocol.SubmitReturn, command.Number, StatusOf(command, completion), data.Length);
        WriteWord(bytes, 6, completion.Length);

        // Not isochronous.
        WriteWord(bytes, 8, uint.MaxValue);
        data.CopyTo(bytes.AsSpan(UsbIpProtocol.HeaderLength));
        return bytes;
    }

    /// <summary>A transfer was to be taken back.</summary>
    /// <param name="number">Number of the command that wanted it.</param>
    /// <param name="takenBack">False when it was over already.</param>
    public static byte[] OfUnlink(uint number, bool takenBack) => Header(UsbIpProtocol.UnlinkReturn, number, takenBack ? ConnectionReset : 0, 0);

    private static byte[] Header(uint kind, uint number, int status, int dataLength)
    {
        var bytes = new byte[UsbIpProtocol.HeaderLength + dataLength];
        WriteWord(bytes, 0, kind);
        WriteWord(bytes, 1, number);
        WriteWord(bytes, 5, (uint)status);
        return bytes;
    }

    private static int StatusOf(UsbIpCommand command, UsbCompletion completion) => completion.Status switch
    {
        UsbStatus.Ok => command.RefusesShort && completion.Length < command.Length ? RemoteIo : 0,
        UsbStatus.Stall => BrokenPipe,
        UsbStatus.Timeout => TimedOut,
        UsbStatus.Overflow => Overflow,
        _ => Protocol,
    };

    private static void WriteWord(byte[] bytes, int index, uint value) => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * index), value);
}
