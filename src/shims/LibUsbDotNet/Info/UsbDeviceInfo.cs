namespace LibUsbDotNet.Info;

/// <summary>A device's identity. The strings are read from the device when it is open, and are null before.</summary>
public sealed class UsbDeviceInfo
{
    internal UsbDeviceInfo(ushort vendorId, ushort productId, ushort device)
    {
        VendorId = vendorId;
        ProductId = productId;
        Device = device;
    }

    /// <summary>idVendor (USB 2.0 section 9.6.1).</summary>
    public ushort VendorId { get; }

    /// <summary>idProduct.</summary>
    public ushort ProductId { get; }

    /// <summary>bcdDevice: the device's release, binary coded decimal.</summary>
    public ushort Device { get; }

    /// <summary>Manufacturer's name; characters outside ASCII are question marks.</summary>
    public string? Manufacturer { get; internal init; }

    /// <summary>Product's name; characters outside ASCII are question marks.</summary>
    public string? Product { get; internal init; }

    /// <summary>Serial number; characters outside ASCII are question marks, so it does not tell apart probes whose serial is raw bytes.</summary>
    public string? SerialNumber { get; internal init; }
}
