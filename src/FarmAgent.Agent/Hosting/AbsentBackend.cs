using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Serial;
using FarmAgent.Hardware.Time;
using FarmAgent.Hardware.Usb;

namespace FarmAgent.Agent.Hosting;

/// <summary>Stands where the devices of this host will be: every use says that this release does not serve them.</summary>
internal sealed class AbsentBackend : IHardwareBackend, IUsbEnumerator, IWaiter
{
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public string Name => "linux";

    public bool IsVirtual => false;

    public IUsbEnumerator Usb => this;

    public IWaiter Waiter => this;

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public II2cBus OpenI2c(string device) => throw Unavailable(device);

    public IGpioLine OpenGpio(string line) => throw Unavailable(line);

    public ISerialPort OpenSerial(string device, SerialSettings settings) => throw Unavailable(device);

    public IReadOnlyList<UsbDeviceInfo> List() => throw Unavailable("USB");

    public IUsbBulkPipe Open(UsbDeviceInfo device, int interfaceNumber) => throw Unavailable(device.PortPath);

    public void Wait(TimeSpan duration, CancellationToken cancellationToken)
    {
        if (duration > TimeSpan.Zero && cancellationToken.WaitHandle.WaitOne(duration))
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public void Dispose()
    {
        // Nothing was ever opened.
    }

    private static HardwareException Unavailable(string device) => new(
        "BACKEND_UNAVAILABLE",
        $"{device} of this host cannot be opened: this release serves virtual boards only ('backend: virtual'). Devices of the host come with a later release.");
}
