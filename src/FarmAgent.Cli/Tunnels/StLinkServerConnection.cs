using System.Buffers.Binary;
using System.Text;
using FarmAgent.Api.V1;
using Google.Protobuf;

namespace FarmAgent.Cli.Tunnels;

/// <summary>
/// One program that speaks the protocol of ST's stlink-server, as OpenOCD does with <c>st-link backend tcp</c>: a request, then a reply of a
/// fixed size, all numbers little-endian. The probe is attached when the program asks about it and let go when it closes it or disconnects.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="open">Attaches the probe; null when that was refused, which its user has been told by then.</param>
internal sealed class StLinkServerConnection(Stream stream, Func<CancellationToken, Task<StLinkTunnel?>> open) : IAsyncDisposable
{
    private const uint Okay = 1;
    private const uint BadParameter = 0x1002;
    private const uint OpenFailed = 0x1003;
    private const uint Failed = 0x2001;
    private const uint DeviceId = 1;
    private const uint ConnectionId = 1;
    private const int CommandLength = 16;
    private const int SerialLength = 32;
    private const uint DataLimit = 6144;
    private StLinkTunnel? _tunnel;

    /// <summary>Serves until the program disconnects.</summary>
    /// <exception cref="Grpc.Core.RpcException">The attachment was ended, for example with the lease.</exception>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        var first = new byte[1];
        while (await stream.ReadAsync(first, cancellationToken) == 1)
        {
            var reply = first[0] switch
            {
                0x00 => await RefreshAsync(cancellationToken),
                0x01 => Words(1),
                0x02 => await DescribeAsync(cancellationToken),
                0x03 => await OpenAsync(cancellationToken),
                0x04 => await CloseAsync(cancellationToken),
                0x05 => await PassAsync(cancellationToken),
                0x06 => await VersionAsync(cancellationToken),
                _ => null,
            };
            if (reply is null)
            {
                // Without framing nobody knows where the next request begins.
                return;
            }

            await stream.WriteAsync(reply, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_tunnel is not null)
        {
            await _tunnel.DisposeAsync();
            _tunnel = null;
        }
    }

    private static byte[] Words(params ReadOnlySpan<uint> values)
    {
        var bytes = new byte[values.Length * 4];
        for (var index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(index * 4), values[index]);
        }

        return bytes;
    }

    private async Task<byte[]> RestAsync(int length, CancellationToken cancellationToken)
    {
        var rest = new byte[length];
        await stream.ReadExactlyAsync(rest, cancellationToken);
        return rest;
    }

    private async Task<byte[]> VersionAsync(CancellationToken cancellationToken)
    {
        await RestAsync(3, cancellationToken);

        // API 2 takes packets as long as the USB protocol has them; API 1 cut them to a kilobyte.
        return Words(2, 0, 1, 0);
    }

    private async Task<byte[]> RefreshAsync(CancellationToken cancellationToken)
    {
        await RestAsync(1, cancellationToken);
        return Words(Okay);
    }

    private async Task<byte[]> DescribeAsync(CancellationToken cancellationToken)
    {
        await RestAsync(7, cancellationToken);
        _tunnel ??= await open(cancellationToken);
        var reply = new byte[45];
        BinaryPrimitives.WriteUInt32LittleEndian(reply, Okay);
        BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(4), DeviceId);
        if (_tunnel is not { Probe: { } probe })
        {
            // In use: the program then says so instead of trying.
            reply[44] = 1;
            return reply;
        }

        var serial = Encoding.ASCII.GetBytes(probe.Serial);
        serial.AsSpan(0, Math.Min(serial.Length, SerialLength)).CopyTo(reply.AsSpan(8));
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(40), (ushort)probe.VendorId);
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(42), (ushort)probe.ProductId);
        return reply;
    }

    private async Task<byte[]> OpenAsync(CancellationToken cancellationToken)
    {
        await RestAsync(7, cancellationToken);
        _tunnel ??= await open(cancellationToken);
        return Words(_tunnel is null ? OpenFailed : Okay, ConnectionId);
    }

    private async Task<byte[]> CloseAsync(CancellationToken cancellationToken)
    {
        await RestAsync(7, cancellationToken);
        await DisposeAsync();
        return Words(Okay);
    }

    private async Task<byte[]?> PassAsync(CancellationToken cancellationToken)
    {
        var request = await RestAsync(31, cancellationToken);
        var command = request.AsMemory(7, CommandLength);
        var direction = request[23];
        var length = BinaryPrimitives.ReadUInt32LittleEndian(request.AsSpan(27));
        if (length > DataLimit || direction > 1)
        {
            // A payload of that length would follow and cannot be skipped over; trace data (direction 3) is not offered.
            return direction == 0 ? null : [.. Words(BadParameter), .. new byte[Math.Min(length, DataLimit)]];
        }

        var exchange = new StLinkExchange { Command = ByteString.CopyFrom(command.Span) };
        if (direction == 0)
        {
            exchange.Data = UnsafeByteOperations.UnsafeWrap(await RestAsync((int)length, cancellationToken));
        }
        else
        {
            exchange.ReplyLength = length;
        }

        if (_tunnel is null)
        {
            return [.. Words(OpenFailed), .. new byte[exchange.ReplyLength]];
        }

        var answer = await _tunnel.PassAsync(exchange, cancellationToken);
        return answer.Problem.Length == 0 ? [.. Words(Okay), .. answer.Data.Span] : [.. Words(Failed), .. new byte[exchange.ReplyLength]];
    }
}
