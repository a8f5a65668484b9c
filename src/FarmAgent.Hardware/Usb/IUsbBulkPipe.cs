namespace FarmAgent.Hardware.Usb;

/// <summary>
/// One claimed USB interface with bulk endpoints: the seam under every probe driver. Bytes pass exactly as they do on the wire; no
/// implementation knows a probe's protocol. Not thread-safe: its owner is one device executor.
/// </summary>
public interface IUsbBulkPipe : IDisposable
{
    /// <summary>The device behind the pipe.</summary>
    UsbDeviceInfo Device { get; }

    /// <summary>Sends all bytes as one bulk transfer (USB 2.0 section 5.8); the host splits it into packets, no zero-length packet is added.</summary>
    /// <param name="endpoint">OUT endpoint address, for example 0x02.</param>
    /// <param name="data">Bytes to send.</param>
    /// <param name="timeout">Limit of the whole transfer.</param>
    /// <exception cref="UsbException">Timeout, stall, or the device is gone.</exception>
    void Write(byte endpoint, ReadOnlySpan<byte> data, TimeSpan timeout);

    /// <summary>Receives one bulk transfer, which ends when the buffer is full or with a short packet.</summary>
    /// <param name="endpoint">IN endpoint address, for example 0x81.</param>
    /// <param name="buffer">Where the bytes go; a device that sends more in the last packet is an overflow error.</param>
    /// <param name="timeout">Limit of the whole transfer.</param>
    /// <returns>Bytes received, from 0 to the buffer's length.</returns>
    /// <exception cref="UsbException">Timeout, stall, overflow, or the device is gone.</exception>
    int Read(byte endpoint, Span<byte> buffer, TimeSpan timeout);

    /// <summary>Clears a halted endpoint (CLEAR_FEATURE ENDPOINT_HALT, USB 2.0 section 9.4.5).</summary>
    /// <param name="endpoint">Endpoint address.</param>
    void ClearHalt(byte endpoint);

    /// <summary>Resets the device's port; the device keeps its place if it comes back with the same descriptors.</summary>
    /// <exception cref="UsbException">The device did not come back.</exception>
    void ResetDevice();
}
