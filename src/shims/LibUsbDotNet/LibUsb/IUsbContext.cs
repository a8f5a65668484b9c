namespace LibUsbDotNet.LibUsb;

/// <summary>A session with libusb.</summary>
public interface IUsbContext : IDisposable
{
    /// <summary>Lists the devices that are plugged in at this moment; empty if libusb cannot tell.</summary>
    UsbDeviceCollection List();
}
