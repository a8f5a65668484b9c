namespace FarmAgent.Hardware.Usb;

/// <summary>How a USB transfer failed, in the words of libusb and the USB specification.</summary>
public enum UsbError
{
    /// <summary>Anything the host could not name better.</summary>
    Io,

    /// <summary>No answer within the limit; a part of the data may have passed.</summary>
    Timeout,

    /// <summary>The endpoint is halted (STALL).</summary>
    Stall,

    /// <summary>The device sent more than was asked for.</summary>
    Overflow,

    /// <summary>The device is no longer on the bus.</summary>
    Disconnected,

    /// <summary>The user may not open the device node.</summary>
    AccessDenied,

    /// <summary>Another process or driver has claimed the interface.</summary>
    Busy,
}

/// <summary>A USB exchange failed. <see cref="FarmException.Reason"/> is <c>USB_…</c> by <see cref="Error"/>.</summary>
public sealed class UsbException : HardwareException
{
    /// <summary>Makes the exception for one failed exchange.</summary>
    /// <param name="error">How it failed.</param>
    /// <param name="message">What was attempted on which device, what was found, what to do next.</param>
    /// <param name="inner">The host library's own exception, if any.</param>
    public UsbException(UsbError error, string message, Exception? inner = null)
        : base(ReasonOf(error), message, inner) => Error = error;

    /// <summary>How the exchange failed.</summary>
    public UsbError Error { get; }

    private static string ReasonOf(UsbError error) => error switch
    {
        UsbError.Timeout => "USB_TIMEOUT",
        UsbError.Stall => "USB_STALL",
        UsbError.Overflow => "USB_OVERFLOW",
        UsbError.Disconnected => "PROBE_DISCONNECTED",
        UsbError.AccessDenied => "USB_ACCESS_DENIED",
        UsbError.Busy => "USB_BUSY",
        _ => "USB_IO",
    };
}
