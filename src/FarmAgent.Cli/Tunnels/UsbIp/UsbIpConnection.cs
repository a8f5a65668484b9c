using System.Buffers.Binary;
using System.Text;

namespace FarmAgent.Cli.Tunnels.UsbIp;

/// <summary>One connection of a USB/IP client: it asks for the list of devices, or imports one and stays.</summary>
/// <param name="stream">The connection.</param>
/// <param name="devices">Lists the devices.</param>
/// <param name="import">Attaches one; its user has been told when that was refused.</param>
internal sealed class UsbIpConnection(
    Stream stream,
    Func<CancellationToken, Task<IReadOnlyList<UsbIpDevice>>> devices,
    Func<UsbIpDevice, CancellationToken, Task<(UsbIpStatus Status, UsbDeviceTunnel? Tunnel)>> import)
{
    /// <summary>Serves until the client disconnects.</summary>
    /// <exception cref="Grpc.Core.RpcException">The attachment was ended, for example with the lease.</exception>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        var head = new byte[UsbIpProtocol.OperationLength];
        await stream.ReadExactlyAsync(head, cancellationToken);
        switch (BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)))
        {
            case UsbIpProtocol.ListRequest:
                await stream.WriteAsync(List(await devices(cancellationToken)), cancellationToken);
                break;
            case UsbIpProtocol.ImportRequest:
                await ImportAsync(cancellationToken);
                break;
            default:
                break;
        }
    }

    private static byte[] Operation(ushort code, UsbIpStatus status)
    {
        var head = new byte[UsbIpProtocol.OperationLength];
        BinaryPrimitives.WriteUInt16BigEndian(head, UsbIpProtocol.Version);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), code);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), (uint)status);
        return head;
    }

    private static byte[] List(IReadOnlyList<UsbIpDevice> all)
    {
        var count = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(count, (uint)all.Count);
        return [.. Operation(UsbIpProtocol.ListReply, UsbIpStatus.Okay), .. count, .. all.SelectMany(d => d.ListRecord())];
    }

    private async Task ImportAsync(CancellationToken cancellationToken)
    {
        var name = new byte[UsbIpProtocol.BusIdLength];
        await stream.ReadExactlyAsync(name, cancellationToken);
        var busId = Encoding.ASCII.GetString(name).TrimEnd('\0');
        var found = (await devices(cancellationToken)).FirstOrDefault(d => d.BusId == busId);
        var (status, tunnel) = found is null ? (UsbIpStatus.NoDevice, null) : await import(found, cancellationToken);
        if (found is null || tunnel is null)
        {
            await stream.WriteAsync(Operation(UsbIpProtocol.ImportReply, status), cancellationToken);
            return;
        }

        await using (tunnel)
        {
            await stream.WriteAsync((byte[])[.. Operation(UsbIpProtocol.ImportReply, UsbIpStatus.Okay), .. found.Record()], cancellationToken);
            await new UsbIpTransfers(stream, tunnel).RunAsync(cancellationToken);
        }
    }
}
