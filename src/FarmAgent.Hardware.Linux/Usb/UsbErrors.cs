using FarmAgent.Hardware.Usb;
using LibUsbDotNet;
using UsbException = FarmAgent.Hardware.Usb.UsbException;

namespace FarmAgent.Hardware.Linux.Usb;

/// <summary>libusb's codes in the words of the seam.</summary>
internal static class UsbErrors
{
    /// <summary>The exception for one failed exchange.</summary>
    /// <param name="error">libusb's code.</param>
    /// <param name="device">On which device.</param>
    /// <param name="attempt">What was attempted, as in "while …".</param>
    /// <param name="inner">The library's exception, if there was one.</param>
    public static UsbException Fault(Error error, UsbDeviceInfo device, string attempt, Exception? inner = null)
    {
        var (kind, found, next) = error switch
        {
            Error.Timeout => (UsbError.Timeout, "it did not answer in time", "If it stays silent, unplug it and plug it in again."),
            Error.Pipe => (UsbError.Stall, "the endpoint is halted", "Clear the halt and repeat."),
            Error.Overflow => (UsbError.Overflow, "it sent more than was asked for", "Reset the device and repeat."),
            Error.NoDevice or Error.NotFound => (UsbError.Disconnected, "it has left the bus", "Check its cable and plug it in again."),
            Error.Access => (UsbError.AccessDenied, "this user may not", "Install FarmAgent's udev rules (60-farm-agent.rules)."),
            Error.Busy => (UsbError.Busy, "somebody else holds it", "End the other program."),
            _ => (UsbError.Io, $"libusb says {error}", "Check its cable and hub; the kernel's log (dmesg) may say more."),
        };
        return new UsbException(kind, $"USB {device.PortPath} ({device.VendorId:X4}:{device.ProductId:X4}), {attempt}: {found}. {next}", inner);
    }
}
