namespace LibUsbDotNet.LibUsb;

/// <summary>Turns codes into exceptions.</summary>
public static class ErrorExtensions
{
    /// <summary>Throws for any code that is negative.</summary>
    /// <param name="error">A function's answer.</param>
    /// <exception cref="UsbException">The code says that the function failed.</exception>
    public static void ThrowOnError(this Error error)
    {
        if (error < Error.Success)
        {
            throw new UsbException(error);
        }
    }
}
