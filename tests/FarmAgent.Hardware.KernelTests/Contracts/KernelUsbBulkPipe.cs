using FarmAgent.Hardware.Contracts.Usb;
using FarmAgent.Hardware.Linux;

namespace FarmAgent.Hardware.KernelTests.Contracts;

/// <summary>The kernel's USB stack by libusb, with the twin's ST-LINK on its virtual host controller.</summary>
public sealed class KernelUsbBulkPipe : UsbBulkPipeContract
{
    private readonly LinuxBackend _backend = new("contract tests");

    protected override IHardwareBackend Backend => _backend;

    protected override string Serial => "066DFF535550755187154723";

    protected override void Unplug()
    {
        Outside.Ask("bench unplug-probe");
        Outside.Until(() => !IsListed(), "the kernel to see the probe go");
    }

    protected override void Plug()
    {
        Outside.Ask("bench replug-probe");
        Outside.Attach("1-1");
        Outside.Until(IsListed, "the probe to be listed");
    }

    protected override void Dispose(bool disposing) => _backend.Dispose();

    private bool IsListed() => _backend.Usb.List().Any(d => d.RawSerial == Serial);
}
