namespace LibUsbDotNet.LibUsb;

/// <summary>A bulk IN endpoint.</summary>
public class UsbEndpointReader : UsbEndpointBase
{
    internal UsbEndpointReader(UsbDevice device, byte address)
        : base(device, address)
    {
    }

    /// <summary>Receives one bulk transfer.</summary>
    /// <param name="buffer">A multiple of 64 bytes, or just what the device will send: less is an overflow.</param>
    /// <param name="timeout">Limit in milliseconds; 0 waits for ever.</param>
    /// <param name="transferLength">Bytes received, also when the limit passed.</param>
    /// <returns>libusb's answer; it is not thrown.</returns>
    public virtual unsafe Error Read(Span<byte> buffer, int timeout, out int transferLength)
    {
        fixed (byte* data = buffer)
        {
            return Transfer(data, buffer.Length, timeout, out transferLength);
        }
    }
}
