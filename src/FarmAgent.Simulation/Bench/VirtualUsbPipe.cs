using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Bench;

/// <summary>
/// A claimed simulated probe. Around each transfer it takes the bench's lock, and what the transfer costs beyond the lock (a frozen bench, wall
/// time in realtime) it waits off without it. Unplugging ends such a wait at once.
/// </summary>
internal sealed class VirtualUsbPipe(BenchClock clock, IUsbBulkPipe device) : IUsbBulkPipe
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
            due = clock.EndOperation();
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
            due = clock.EndOperation();
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
            clock.EndOperation();
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
            clock.EndOperation();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            lock (clock.Gate)
            {
                device.Dispose();
            }
        }
    }

    /// <summary>The probe was pulled out.</summary>
    public void Disconnect() => _gone = true;

    private bool IsGone() => _gone || !clock.IsOpen;

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        clock.AwaitThaw(IsGone);
        clock.BeginOperation();
    }

    private void End(long due)
    {
        clock.Settle(due, IsGone);
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
