using System.Runtime.InteropServices;
using LibUsbDotNet.Native;

namespace LibUsbDotNet.LibUsb;

/// <summary>A libusb function failed.</summary>
public class UsbException : Exception
{
    /// <summary>A failure of unknown kind.</summary>
    public UsbException()
        : this(Error.Other)
    {
    }

    /// <summary>A failure by its code; the text is libusb's.</summary>
    /// <param name="errorCode">The code, also kept as <see cref="Exception.HResult"/>.</param>
    public UsbException(Error errorCode)
        : base(Marshal.PtrToStringUTF8(NativeMethods.StrError((int)errorCode)))
    {
        ErrorCode = errorCode;
        HResult = (int)errorCode;
    }

    /// <summary>A failure that libusb has no code for.</summary>
    /// <param name="message">What failed.</param>
    public UsbException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its cause.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">The cause.</param>
    public UsbException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>libusb's code; <see cref="Error.Success"/> when there was none.</summary>
    public Error ErrorCode { get; }
}
