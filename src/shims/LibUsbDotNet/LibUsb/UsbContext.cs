using LibUsbDotNet.Native;

namespace LibUsbDotNet.LibUsb;

/// <summary>A session with libusb, independent of all others. Devices are closed before their context.</summary>
public class UsbContext : IUsbContext
{
    private readonly ContextHandle _handle;

    /// <summary>Begins a session.</summary>
    /// <exception cref="UsbException">libusb could not start.</exception>
    /// <exception cref="DllNotFoundException">libusb-1.0 is not installed.</exception>
    public UsbContext() => _handle = ContextHandle.Open();

    /// <summary>True once disposed.</summary>
    public bool IsDisposed => _handle.IsClosed;

    /// <inheritdoc/>
    public unsafe UsbDeviceCollection List()
    {
        var devices = new List<IUsbDevice>();
        var count = NativeMethods.GetDeviceList(_handle, out var list);
        for (var i = 0; i < count; i++)
        {
            devices.Add(new UsbDevice(DeviceReference.Take(((nint*)list)[i], _handle)));
        }

        if (count >= 0)
        {
            NativeMethods.FreeDeviceList(list, unreference: 1);
        }

        return new UsbDeviceCollection(devices);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the session once the last device of it is gone.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _handle.Dispose();
        }
    }
}
