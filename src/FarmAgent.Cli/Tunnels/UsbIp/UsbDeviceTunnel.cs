using FarmAgent.Api;
using FarmAgent.Api.V1;
using Grpc.Core;

namespace FarmAgent.Cli.Tunnels.UsbIp;

/// <summary>A board's device, attached for one importer by a stream to the agent. One writer and one reader may use it at the same time.</summary>
internal sealed class UsbDeviceTunnel : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);
    private readonly AsyncDuplexStreamingCall<AttachUsbDeviceRequest, AttachUsbDeviceResponse> _call;

    private readonly Action _detached;

    private UsbDeviceTunnel(AsyncDuplexStreamingCall<AttachUsbDeviceRequest, AttachUsbDeviceResponse> call, Action detached) =>
        (_call, _detached) = (call, detached);

    /// <summary>Attaches.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="attachment">What to attach.</param>
    /// <param name="detached">Called once when it is no longer attached, also when it never was.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">The agent refused (<c>PROBE_IN_USE</c>, <c>LEASE_LOST</c>, …).</exception>
    public static async Task<UsbDeviceTunnel> OpenAsync(FarmClient client, UsbAttachment attachment, Action detached, CancellationToken cancellationToken)
    {
        var tunnel = new UsbDeviceTunnel(client.Tunnels.AttachUsbDevice(cancellationToken: cancellationToken), detached);
        try
        {
            await tunnel._call.RequestStream.WriteAsync(new AttachUsbDeviceRequest { Attach = attachment }, cancellationToken);
            await tunnel.NextAsync(cancellationToken);
            return tunnel;
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            tunnel._call.Dispose();
            detached();
            throw;
        }
    }

    /// <summary>Sends a transfer or a cancellation. When the attachment is over it does nothing: the reader learns why.</summary>
    public async Task SendAsync(AttachUsbDeviceRequest request, CancellationToken cancellationToken) =>
        await _call.RequestStream.WriteAsync(request, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Sends no more: the agent lets the device go and then ends the stream.</summary>
    public async Task CompleteAsync() => await _call.RequestStream.CompleteAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Waits for what becomes of one.</summary>
    /// <exception cref="RpcException">The attachment is over.</exception>
    public async Task<AttachUsbDeviceResponse> NextAsync(CancellationToken cancellationToken) =>
        await _call.ResponseStream.MoveNext(cancellationToken)
            ? _call.ResponseStream.Current
            : throw new RpcException(new Status(StatusCode.Unavailable, "The agent ended the attachment. Attach again."));

    /// <summary>Detaches, and waits until the agent has let the device go.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        try
        {
            await _call.RequestStream.CompleteAsync();
            while (await _call.ResponseStream.MoveNext(limit.Token))
            {
                // Ends of transfers that nobody waits for.
            }
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The attachment was over already.
        }

        _call.Dispose();
        _detached();
    }
}
