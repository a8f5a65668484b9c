using LibUsbDotNet.Native;

namespace LibUsbDotNet.LibUsb;

/// <summary>A bulk endpoint of a device.</summary>
public abstract class UsbEndpointBase
{
    private readonly UsbDevice _device;

    private protected UsbEndpointBase(UsbDevice device, byte address)
    {
        _device = device;
        EpNum = address;
    }

    /// <summary>Endpoint address, direction in bit 7.</summary>
    public byte EpNum { get; }

    /// <summary>Clears a halt (USB 2.0 section 9.4.5).</summary>
    /// <returns>libusb's answer.</returns>
    public Error ClearHalt() => (Error)NativeMethods.ClearHalt(_device.OpenHandle, EpNum);

    private protected unsafe Error Transfer(byte* data, int length, int timeout, out int transferLength)
    {
        // A negative limit is libusb's unsigned one: about 49 days.
        var answer = NativeMethods.BulkTransfer(_device.OpenHandle, EpNum, data, length, out transferLength, unchecked((uint)timeout));
        return (Error)answer;
    }
}
