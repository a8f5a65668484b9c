namespace LibUsbDotNet.LibUsb;

/// <summary>A bulk OUT endpoint.</summary>
public class UsbEndpointWriter : UsbEndpointBase
{
    internal UsbEndpointWriter(UsbDevice device, byte address)
        : base(device, address)
    {
    }

    /// <summary>Sends one bulk transfer.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="timeout">Limit in milliseconds; 0 waits for ever.</param>
    /// <param name="transferLength">Bytes sent, also when the limit passed.</param>
    /// <returns>libusb's answer; it is not thrown.</returns>
    public virtual unsafe Error Write(ReadOnlySpan<byte> buffer, int timeout, out int transferLength)
    {
        fixed (byte* data = buffer)
        {
            return Transfer(data, buffer.Length, timeout, out transferLength);
        }
    }
}
