using FarmAgent.Hardware.Usb;

namespace FarmAgent.Simulation.Bench;

/// <summary>
/// A claimed simulated probe. Around each transfer it takes the bench's lock, and what the transfer costs beyond the lock (a frozen bench, wall
/// time in realtime) it waits off without it. Unplugging ends such a wait at once.
/// </summary>
internal sealed class VirtualUsbPipe(VirtualUsbPort port, IUsbBulkPipe device) : IUsbBulkPipe
{
    private volatile bool _gone;
    private bool _closed;

    /// <inheritdoc/>
    public UsbDeviceInfo Device => device.Device;

    /// <inheritdoc/>
    public void Write(byte endpoint, ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        Begin();
        long due;
        try
        {
            ThrowIfGone();
            device.Write(endpoint, data, timeout);
        }
        finally
        {
            due = port.Clock.EndOperation();
        }

        End(due);
    }

    /// <inheritdoc/>
    public int Read(byte endpoint, Span<byte> buffer, TimeSpan timeout)
    {
        Begin();
        long due;
        int count;
        try
        {
            ThrowIfGone();
            count = device.Read(endpoint, buffer, timeout);
        }
        finally
        {
            due = port.Clock.EndOperation();
        }

        End(due);
        return count;
    }

    /// <inheritdoc/>
    public void ClearHalt(byte endpoint)
    {
        Begin();
        try
        {
            ThrowIfGone();
            device.ClearHalt(endpoint);
        }
        finally
        {
            port.Clock.EndOperation();
        }
    }

    /// <inheritdoc/>
    public void ResetDevice()
    {
        Begin();
        try
        {
            ThrowIfGone();
            device.ResetDevice();
        }
        finally
        {
            port.Clock.EndOperation();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            lock (port.Clock.Gate)
            {
                port.Release(this);
            }
        }
    }

    /// <summary>The probe was pulled out.</summary>
    public void Disconnect() => _gone = true;

    private bool IsGone() => _gone || !port.Clock.IsOpen;

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        port.Clock.AwaitThaw(IsGone);
        port.Clock.BeginOperation();
    }

    private void End(long due)
    {
        port.Clock.Settle(due, IsGone);
        ThrowIfGone();
    }

    private void ThrowIfGone()
    {
        if (IsGone())
        {
            throw new UsbException(UsbError.Disconnected,
                $"The ST-LINK on USB {device.Device.PortPath} has left the bus. Plug it in again, then repeat the operation.");
        }
    }
}
