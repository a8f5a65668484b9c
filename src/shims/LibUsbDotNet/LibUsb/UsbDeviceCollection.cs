using System.Collections.ObjectModel;

namespace LibUsbDotNet.LibUsb;

/// <summary>The devices of one listing. Disposing it disposes every device in it: keep one by <see cref="IUsbDevice.Clone"/> first.</summary>
public class UsbDeviceCollection : ReadOnlyCollection<IUsbDevice>, IDisposable
{
    /// <summary>Takes the devices over.</summary>
    /// <param name="devices">What was listed.</param>
    public UsbDeviceCollection(IList<IUsbDevice> devices)
        : base(devices)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the devices.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var device in this)
            {
                device.Dispose();
            }
        }
    }
}
