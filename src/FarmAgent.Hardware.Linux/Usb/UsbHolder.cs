using System.Globalization;
using LibUsbDotNet.LibUsb;

namespace FarmAgent.Hardware.Linux.Usb;

/// <summary>Finds out which program has a device open, as far as this user may look.</summary>
internal static class UsbHolder
{
    /// <summary>The holder's name and process number, or that it is unknown.</summary>
    public static string Describe(IUsbDevice device)
    {
        var opened = (UsbDevice)device;
        var node = string.Create(CultureInfo.InvariantCulture, $"/dev/bus/usb/{opened.BusNumber:D3}/{opened.Address:D3}");
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return OpenFiles.HolderOf(node, except: own) ?? "another program or a kernel driver";
    }
}
