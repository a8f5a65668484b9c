using System.Globalization;
using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Time;
using FarmAgent.Simulation.Tracing;

namespace FarmAgent.Simulation.Bench;

/// <summary>
/// A claimed simulated probe. Around each transfer it takes the bench's lock, and what the transfer costs beyond the lock (a frozen bench, wall
/// time in realtime) it waits off without it. Unplugging ends such a wait at once.
/// </summary>
internal sealed class VirtualUsbPipe(BenchClock clock, IUsbBulkPipe device, UsbFaults faults, BenchTrace trace) : IUsbBulkPipe
{
    private volatile bool _gone;
    private bool _closed;

    /// <inheritdoc/>
    public UsbDeviceInfo Device => device.Device;

    /// <inheritdoc/>
    public void Write(byte endpoint, ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        Begin();
        try
        {
            if (!IsStruck(endpoint, timeout, out _))
            {
                device.Write(endpoint, data, timeout);
            }

            Note(endpoint, data, [], "OK");
        }
        catch (UsbException e)
        {
            Note(endpoint, data, [], e.Reason);
            throw;
        }
        finally
        {
            End();
        }

        ThrowIfGone();
    }

    /// <inheritdoc/>
    public int Read(byte endpoint, Span<byte> buffer, TimeSpan timeout)
    {
        Begin();
        int count;
        try
        {
            count = IsStruck(endpoint, timeout, out var fault) ? faults.TakeStale(buffer) : device.Read(endpoint, buffer, timeout);
            count = fault?.Kind == BenchFaultKind.UsbShortReply ? Math.Max(0, count - fault.Missing) : count;
            faults.Remember(buffer[..count]);
            Note(endpoint, [], buffer[..count], "OK");
        }
        catch (UsbException e)
        {
            Note(endpoint, [], [], e.Reason);
            throw;
        }
        finally
        {
            End();
        }

        ThrowIfGone();
        return count;
    }

    /// <inheritdoc/>
    public void ClearHalt(byte endpoint)
    {
        Begin();
        try
        {
            ThrowIfGone();
            faults.ClearHalt(endpoint);
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
            faults.Forget();
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

    /// <summary>Lets a fault strike the transfer.</summary>
    /// <param name="endpoint">Endpoint of the transfer.</param>
    /// <param name="timeout">The host's limit.</param>
    /// <param name="fault">The fault that struck it, if any.</param>
    /// <returns>True when the device has no part in it: a stale reply takes its place.</returns>
    private bool IsStruck(byte endpoint, TimeSpan timeout, out BenchFault? fault)
    {
        fault = faults.Next(endpoint);
        ThrowIfGone();
        if (fault?.Kind == BenchFaultKind.UsbStall)
        {
            faults.Halt(endpoint);
        }

        if (faults.IsHalted(endpoint))
        {
            throw UsbFaults.Stall(device.Device, endpoint);
        }

        if (fault?.Kind == BenchFaultKind.UsbTimeout)
        {
            clock.Spend(BenchTime.From(timeout));
            throw UsbFaults.Timeout(device.Device, endpoint, timeout);
        }

        return fault?.Kind == BenchFaultKind.UsbStaleReply;
    }

    private void Note(byte endpoint, ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received, string outcome)
    {
        if (trace.IsOn)
        {
            trace.Note(TraceChannel.Usb, endpoint.ToString("x2", CultureInfo.InvariantCulture), sent, received, outcome);
        }
    }

    private bool IsGone() => _gone || !clock.IsOpen;

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        clock.AwaitThaw(IsGone);
        clock.BeginOperation();
    }

    /// <summary>Waits for what the transfer cost; one that failed took its time as well, or the bench would run ahead of the host that waited in vain.</summary>
    private void End() => clock.Settle(clock.EndOperation(), IsGone);

    private void ThrowIfGone()
    {
        if (IsGone())
        {
            throw new UsbException(UsbError.Disconnected,
                $"The ST-LINK on USB {device.Device.PortPath} has left the bus. Plug it in again, then repeat the operation.");
        }
    }
}
