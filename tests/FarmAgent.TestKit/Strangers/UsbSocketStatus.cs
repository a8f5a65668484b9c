using FarmAgent.Hardware.Usb;

namespace FarmAgent.TestKit.Strangers;

/// <summary>Statuses of answers: the numbers of libusb's errors.</summary>
internal enum UsbSocketStatus : short
{
    Okay = 0,
    Io = -1,
    InvalidParameter = -2,
    AccessDenied = -3,
    NoDevice = -4,
    NotFound = -5,
    Busy = -6,
    Timeout = -7,
    Overflow = -8,
    Stall = -9,
    Interrupted = -10,
    NotSupported = -12,
}

/// <summary>What a failed exchange with a device is called on the socket.</summary>
internal static class UsbSocketStatuses
{
    public static UsbSocketStatus Of(UsbException failure) => failure.Error switch
    {
        UsbError.Timeout => UsbSocketStatus.Timeout,
        UsbError.Stall => UsbSocketStatus.Stall,
        UsbError.Overflow => UsbSocketStatus.Overflow,
        UsbError.Disconnected => UsbSocketStatus.NoDevice,
        UsbError.AccessDenied => UsbSocketStatus.AccessDenied,
        UsbError.Busy => UsbSocketStatus.Busy,
        _ => UsbSocketStatus.Io,
    };
}
