using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tunnels.UsbDevices;

/// <summary>Transfers and cancellations on their way to a device, in order. One reader, which may be a device's thread or not.</summary>
/// <param name="limit">Most of them at once.</param>
internal sealed class UsbRequestQueue(int limit) : IDisposable
{
    private readonly ConcurrentQueue<Wire.AttachUsbDeviceRequest> _requests = new();
    private readonly SemaphoreSlim _ready = new(0);
    private volatile bool _closed;

    /// <summary>True when no more will come.</summary>
    public bool IsCompleted => _closed && _requests.IsEmpty;

    /// <summary>Adds one, if there is room.</summary>
    public bool TryAdd(Wire.AttachUsbDeviceRequest request)
    {
        if (_requests.Count >= limit)
        {
            return false;
        }

        _requests.Enqueue(request);
        _ready.Release();
        return true;
    }

    /// <summary>No more will come.</summary>
    public void Close()
    {
        if (!_closed)
        {
            _closed = true;
            _ready.Release();
        }
    }

    /// <summary>Takes one, on a device's thread.</summary>
    /// <param name="wait">How long to wait for it.</param>
    /// <param name="request">The request.</param>
    public bool TryTake(TimeSpan wait, [NotNullWhen(true)] out Wire.AttachUsbDeviceRequest? request)
    {
        request = null;
        return _ready.Wait(wait) && _requests.TryDequeue(out request);
    }

    /// <summary>Takes one; null when none came in time.</summary>
    public async Task<Wire.AttachUsbDeviceRequest?> TakeAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        await _ready.WaitAsync(wait, cancellationToken) && _requests.TryDequeue(out var request) ? request : null;

    /// <inheritdoc/>
    public void Dispose() => _ready.Dispose();
}
