using LibUsbDotNet.Info;
using LibUsbDotNet.Main;

namespace LibUsbDotNet.LibUsb;

/// <summary>One USB device. It is closed until <see cref="Open"/>.</summary>
public interface IUsbDevice : IDisposable
{
    /// <summary>idVendor; no I/O.</summary>
    ushort VendorId { get; }

    /// <summary>idProduct; no I/O.</summary>
    ushort ProductId { get; }

    /// <summary>Identity; its strings are null while the device is closed.</summary>
    UsbDeviceInfo Info { get; }

    /// <summary>Where it is plugged in.</summary>
    /// <exception cref="UsbException">libusb cannot tell.</exception>
    LocationId LocationId { get; }

    /// <summary>True while open.</summary>
    bool IsOpen { get; }

    /// <summary>The active configuration.</summary>
    /// <exception cref="UsbException">The device did not say.</exception>
    int Configuration { get; }

    /// <summary>An independent object for the same device, not open.</summary>
    IUsbDevice Clone();

    /// <summary>Opens the device; nothing happens if it is open.</summary>
    /// <exception cref="UsbException"><see cref="Error.Access"/> without permission, <see cref="Error.NoDevice"/> when it is gone.</exception>
    void Open();

    /// <summary>Opens the device and says whether that went well; the reason of a failure is lost.</summary>
    bool TryOpen();

    /// <summary>Closes the device; nothing happens if it is closed.</summary>
    void Close();

    /// <summary>Selects a configuration.</summary>
    /// <param name="config">bConfigurationValue.</param>
    /// <exception cref="UsbException">The device refused.</exception>
    void SetConfiguration(int config);

    /// <summary>Claims an interface.</summary>
    /// <param name="interfaceID">bInterfaceNumber.</param>
    /// <returns>Always true.</returns>
    /// <exception cref="UsbException"><see cref="Error.Busy"/> when another handle or driver has it, <see cref="Error.NotFound"/> when there is none.</exception>
    bool ClaimInterface(int interfaceID);

    /// <summary>Gives an interface back.</summary>
    /// <param name="interfaceID">bInterfaceNumber.</param>
    /// <returns>Always true.</returns>
    /// <exception cref="UsbException"><see cref="Error.NotFound"/> when it was not claimed.</exception>
    bool ReleaseInterface(int interfaceID);

    /// <summary>Resets the device's port.</summary>
    /// <exception cref="UsbException"><see cref="Error.NotFound"/> when it came back under another address: this object is dead, list again.</exception>
    void ResetDevice();

    /// <summary>A bulk IN endpoint; no I/O.</summary>
    /// <param name="readEndpointID">Its address.</param>
    UsbEndpointReader OpenEndpointReader(ReadEndpointID readEndpointID);

    /// <summary>A bulk OUT endpoint; no I/O.</summary>
    /// <param name="writeEndpointID">Its address.</param>
    UsbEndpointWriter OpenEndpointWriter(WriteEndpointID writeEndpointID);

    /// <summary>One control transfer, within <see cref="UsbDevice.ControlTransferTimeout"/>.</summary>
    /// <param name="setupPacket">Setup stage.</param>
    /// <param name="buffer">Data stage.</param>
    /// <param name="offset">Pass 0: the package ignores it.</param>
    /// <param name="length">Bytes of the data stage, the same as in the setup packet.</param>
    /// <returns>Bytes moved.</returns>
    /// <exception cref="UsbException">It failed.</exception>
    int ControlTransfer(UsbSetupPacket setupPacket, byte[] buffer, int offset, int length);
}
