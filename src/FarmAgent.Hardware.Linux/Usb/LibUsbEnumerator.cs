using FarmAgent.Hardware.Usb;
using LibUsbDotNet.LibUsb;
using LibUsbException = LibUsbDotNet.LibUsb.UsbException;
using UsbDeviceInfo = FarmAgent.Hardware.Usb.UsbDeviceInfo;

namespace FarmAgent.Hardware.Linux.Usb;

/// <summary>
/// The host's USB devices by libusb. Every call lists afresh and in a session of its own: a session of the library learns of what is plugged in later
/// only from udev, which small systems do not run. What was read from a device is kept until it leaves its place, so that listing again costs no
/// traffic on a probe that is at work.
/// </summary>
public sealed class LibUsbEnumerator : IUsbEnumerator
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Path, byte Address, ushort Vendor, ushort Product), UsbDeviceInfo> _known = [];

    /// <inheritdoc/>
    /// <exception cref="HardwareException">libusb is not installed or does not start (<c>USB_LIBRARY_MISSING</c>, <c>USB_IO</c>).</exception>
    public IReadOnlyList<UsbDeviceInfo> List()
    {
        lock (_lock)
        {
            using var context = Begin();
            using var devices = context.List();
            var present = devices.Select(Describe).OfType<((string, byte, ushort, ushort) Key, UsbDeviceInfo Info, bool IsWhole)>().ToList();
            _known.Clear();
            foreach (var (key, info, _) in present.Where(p => p.IsWhole))
            {
                _known[key] = info;
            }

            return [.. present.Select(p => p.Info)];
        }
    }

    /// <inheritdoc/>
    public IUsbBulkPipe Open(UsbDeviceInfo device, int interfaceNumber)
    {
        ArgumentNullException.ThrowIfNull(device);
        lock (_lock)
        {
            var context = Begin();
            IUsbDevice? found;
            using (var devices = context.List())
            {
                // The listing's objects go with the listing, and the listing before its session: a pipe that does not open ends the session.
                found = devices.FirstOrDefault(d => PathOf(d) == device.PortPath && d.VendorId == device.VendorId && d.ProductId == device.ProductId)?.Clone();
            }

            if (found is not null)
            {
                return LibUsbPipe.Open(context, found, device, interfaceNumber);
            }

            context.Dispose();
            throw new Hardware.Usb.UsbException(
                UsbError.Disconnected, $"There is no device {device.VendorId:X4}:{device.ProductId:X4} on USB {device.PortPath} any more. Plug it in again.");
        }
    }

    private static string? PathOf(IUsbDevice device)
    {
        try
        {
            return device.LocationId.ToString();
        }
        catch (LibUsbException)
        {
            return null;
        }
    }

    private static UsbContext Begin()
    {
        try
        {
            return new UsbContext();
        }
        catch (DllNotFoundException e)
        {
            throw new HardwareException(
                "USB_LIBRARY_MISSING", "libusb-1.0 is not installed on this host, so no USB probe can be reached. Install it: apt-get install libusb-1.0-0 (Yocto: libusb1).", e);
        }
        catch (LibUsbException e)
        {
            throw new HardwareException(
                "USB_IO", $"libusb did not start ({e.ErrorCode}: {e.Message}). Is /dev/bus/usb there and USB enabled in the kernel?", e);
        }
    }

    private ((string Path, byte Address, ushort Vendor, ushort Product) Key, UsbDeviceInfo Info, bool IsWhole)? Describe(IUsbDevice device)
    {
        // A root hub has no socket that one could name.
        if (PathOf(device) is not { } path || !path.Contains('-', StringComparison.Ordinal))
        {
            return null;
        }

        var key = (path, ((UsbDevice)device).Address, device.VendorId, device.ProductId);
        if (_known.TryGetValue(key, out var known))
        {
            return (key, known, true);
        }

        var info = new UsbDeviceInfo { VendorId = device.VendorId, ProductId = device.ProductId, PortPath = path };
        if (!ProbeVendor.IsOne(device.VendorId))
        {
            return (key, info, true);
        }

        // What could not be read is asked for again by the next listing: a device that has just been plugged in does not always answer.
        var isWhole = UsbStrings.TryRead(device, ref info);
        return (key, info, isWhole);
    }
}
