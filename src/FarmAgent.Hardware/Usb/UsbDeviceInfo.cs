namespace FarmAgent.Hardware.Usb;

/// <summary>One USB device as the host lists it, without opening it.</summary>
public sealed record UsbDeviceInfo
{
    /// <summary>Vendor id (<c>idVendor</c>, USB 2.0 section 9.6.1), for example 0x0483.</summary>
    public required ushort VendorId { get; init; }

    /// <summary>Product id (<c>idProduct</c>).</summary>
    public required ushort ProductId { get; init; }

    /// <summary>Bus and port chain, for example <c>1-1.3</c>: names the socket, not the device, so it tells clones with equal serials apart.</summary>
    public required string PortPath { get; init; }

    /// <summary>Serial number string exactly as the descriptor holds it (UTF-16 code units, may be raw bytes or empty); null when it cannot be read.</summary>
    public string? RawSerial { get; init; }

    /// <summary>Product string, null when it cannot be read.</summary>
    public string? Product { get; init; }

    /// <summary>Why the device cannot be opened (permissions, a driver in the way) with the step that mends it; null when it can.</summary>
    public string? AccessProblem { get; init; }
}
