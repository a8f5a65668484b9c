using System.Globalization;
using FarmAgent.Hardware.Linux.Native;
using LibUsbDotNet.LibUsb;
using UsbDeviceInfo = FarmAgent.Hardware.Usb.UsbDeviceInfo;

namespace FarmAgent.Hardware.Linux.Usb;

/// <summary>What to do when the kernel does not let this user open a device node.</summary>
internal static class UsbPermission
{
    /// <summary>The node, the user, and the command that mends it.</summary>
    public static string Problem(IUsbDevice device, UsbDeviceInfo info)
    {
        var opened = (UsbDevice)device;
        var node = string.Create(CultureInfo.InvariantCulture, $"/dev/bus/usb/{opened.BusNumber:D3}/{opened.Address:D3}");
        return $"USB {info.PortPath}: {PermissionHint.For(node, "plugdev")}";
    }
}
