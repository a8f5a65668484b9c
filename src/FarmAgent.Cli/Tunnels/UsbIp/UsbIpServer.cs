using System.Collections.Concurrent;
using System.Net.Sockets;
using FarmAgent.Api;
using FarmAgent.Api.Errors;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Rendering;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels.UsbIp;

/// <summary>Listens on this machine's loopback for USB/IP clients and serves them side by side; each device has at most one importer.</summary>
internal sealed class UsbIpServer(LoopbackListener listener, FarmClient client, string board, string lease, CommandOutput output)
{
    private const string Tool = "farmctl tunnel usbip";
    private readonly ConcurrentDictionary<string, bool> _imported = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _fatal = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The devices that are there now.</summary>
    /// <exception cref="RpcException">The lease is over.</exception>
    public async Task<IReadOnlyList<UsbIpDevice>> ListAsync(CancellationToken cancellationToken)
    {
        var response = await client.Tunnels.ListUsbDevicesAsync(new ListUsbDevicesRequest { Board = board, Lease = lease }, cancellationToken: cancellationToken);

        // The first place is the probe's, also while it is away: the others keep theirs.
        var offset = response.Devices.Any(d => d.Name == "probe") ? 1 : 2;
        return [.. response.Devices.Select((d, index) => new UsbIpDevice(d, index + offset))];
    }

    /// <summary>Serves until it is stopped or the lease is over.</summary>
    /// <exception cref="RpcException">The lease is over.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var accepting = listener.AcceptAsync(end.Token);
                if (await Task.WhenAny(accepting, _fatal.Task) == _fatal.Task)
                {
                    await _fatal.Task;
                }

                connections.RemoveAll(c => c.IsCompleted);
                connections.Add(ServeAsync(await accepting, end.Token));
            }
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(connections);
        }
    }

    private static bool EndsAll(RpcException e) => FarmError.From(e).ExitCode is ExitCodes.LeaseLost or ExitCodes.AgentUnreachable or ExitCodes.NotAuthorised;

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await new UsbIpConnection(stream, ListAsync, ImportAsync).ServeAsync(cancellationToken);
        }
        catch (RpcException e) when (EndsAll(e))
        {
            _fatal.TrySetException(e);
        }
        catch (RpcException e)
        {
            Tell(e);
        }
        catch (IOException)
        {
            output.Note("The importer has disconnected in the middle of a request.");
        }
        catch (OperationCanceledException)
        {
            // The tunnel ends, and with it all connections.
        }
    }

    private async Task<(UsbIpStatus Status, UsbDeviceTunnel? Tunnel)> ImportAsync(UsbIpDevice device, CancellationToken cancellationToken)
    {
        if (!_imported.TryAdd(device.BusId, value: true))
        {
            output.Note($"{device.BusId} ({device.Name}) is attached to another importer already; detach it there first.");
            return (UsbIpStatus.DeviceBusy, null);
        }

        try
        {
            var attachment = new UsbAttachment { Board = board, Lease = lease, Device = device.Name, Tool = Tool };
            var tunnel = await UsbDeviceTunnel.OpenAsync(client, attachment, () => _imported.TryRemove(device.BusId, out _), cancellationToken);
            output.Note($"{device.BusId} ({device.Name}) is attached.");
            return (UsbIpStatus.Okay, tunnel);
        }
        catch (RpcException e) when (!EndsAll(e))
        {
            Tell(e);
            var status = FarmError.From(e).Reason is "PROBE_IN_USE" or "PROBE_BUSY" ? UsbIpStatus.DeviceBusy : UsbIpStatus.DeviceError;
            return (status, null);
        }
    }

    private void Tell(RpcException e)
    {
        var error = FarmError.From(e);
        output.Note($"{error.Reason}: {error.Message}");
    }
}
