using FarmAgent.Hardware.Usb;

namespace FarmAgent.TestKit.Usb;

/// <summary>A USB tree that is what the test says; opening calls back.</summary>
public sealed class FixedUsbEnumerator(Func<UsbDeviceInfo, IUsbBulkPipe> open, params UsbDeviceInfo[] devices) : IUsbEnumerator
{
    public IReadOnlyList<UsbDeviceInfo> List() => devices;

    public IUsbBulkPipe Open(UsbDeviceInfo device, int interfaceNumber) => open(device);
}
