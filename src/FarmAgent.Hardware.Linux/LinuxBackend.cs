using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Linux.Gpio;
using FarmAgent.Hardware.Linux.I2c;
using FarmAgent.Hardware.Linux.Serial;
using FarmAgent.Hardware.Linux.Time;
using FarmAgent.Hardware.Linux.Usb;
using FarmAgent.Hardware.Serial;
using FarmAgent.Hardware.Time;
using FarmAgent.Hardware.Usb;

namespace FarmAgent.Hardware.Linux;

/// <summary>The devices of this host: USB by libusb, I2C and GPIO by the kernel's character devices, ttys.</summary>
public sealed class LinuxBackend : IHardwareBackend
{
    private readonly LibUsbEnumerator _usb = new();
    private readonly MonotonicWaiter _clock = new();
    private readonly string _consumer;

    /// <summary>Makes the backend; nothing is opened yet.</summary>
    /// <param name="consumer">Name under which GPIO lines are held, shown to others by gpioinfo; up to 31 bytes count.</param>
    public LinuxBackend(string consumer) => _consumer = consumer;

    /// <inheritdoc/>
    public string Name => "linux";

    /// <inheritdoc/>
    public bool IsVirtual => false;

    /// <inheritdoc/>
    public IUsbEnumerator Usb => _usb;

    /// <inheritdoc/>
    public IWaiter Waiter => _clock;

    /// <inheritdoc/>
    public II2cBus OpenI2c(string device) => LinuxI2cBus.Open(device);

    /// <inheritdoc/>
    public IGpioLine OpenGpio(string line)
    {
        var (chip, offset) = GpioLineLocator.Find(line, GpioChipView.ReadAll());
        var driver = new CharDeviceGpioDriver(chip.Path, _consumer);
        try
        {
            return new GpioLine(line, driver, offset, _clock);
        }
        catch (HardwareException)
        {
            driver.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ISerialPort OpenSerial(string device, SerialSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return LinuxSerialPort.Open(device, settings);
    }

    /// <inheritdoc/>
    public IUsbPortPower OpenUsbPortPower(string portPath) => SysfsPortPower.Open(portPath, SysfsPortPower.Devices);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Pipes, buses, lines and ports are their owners'; nothing is open in between.
    }
}
