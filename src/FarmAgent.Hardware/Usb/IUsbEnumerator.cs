namespace FarmAgent.Hardware.Usb;

/// <summary>What is plugged into USB now. Each call lists afresh; nothing relies on hotplug events.</summary>
public interface IUsbEnumerator
{
    /// <summary>All devices present at this moment.</summary>
    IReadOnlyList<UsbDeviceInfo> List();

    /// <summary>Opens the device on <see cref="UsbDeviceInfo.PortPath"/> and claims one interface of it.</summary>
    /// <param name="device">A device of an earlier <see cref="List"/>.</param>
    /// <param name="interfaceNumber">Interface to claim; ST-LINK debug is always 0.</param>
    /// <exception cref="UsbException">Not there any more, no permission, or claimed by somebody else.</exception>
    IUsbBulkPipe Open(UsbDeviceInfo device, int interfaceNumber);
}
