namespace LibUsbDotNet;

/// <summary>What a libusb function answers (<c>enum libusb_error</c> of libusb.h).</summary>
public enum Error
{
    /// <summary>Done.</summary>
    Success = 0,

    /// <summary>Input or output failed.</summary>
    Io = -1,

    /// <summary>A parameter makes no sense.</summary>
    InvalidParam = -2,

    /// <summary>The user may not open the device node.</summary>
    Access = -3,

    /// <summary>The device is no longer there.</summary>
    NoDevice = -4,

    /// <summary>No such interface, or the device came back under another address.</summary>
    NotFound = -5,

    /// <summary>Another handle or driver has the interface.</summary>
    Busy = -6,

    /// <summary>The limit passed; a part of the data may have moved.</summary>
    Timeout = -7,

    /// <summary>The device sent more than was asked for.</summary>
    Overflow = -8,

    /// <summary>The endpoint is halted, or a control request was refused.</summary>
    Pipe = -9,

    /// <summary>The call was interrupted.</summary>
    Interrupted = -10,

    /// <summary>Out of memory.</summary>
    NoMem = -11,

    /// <summary>The platform cannot do it.</summary>
    NotSupported = -12,

    /// <summary>Anything else.</summary>
    Other = -99,
}
