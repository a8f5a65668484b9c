using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Serial;
using FarmAgent.Hardware.Time;
using FarmAgent.Hardware.Usb;

namespace FarmAgent.Hardware;

/// <summary>
/// Opens the devices of one bench by path or name: the Linux host, or a virtual bench. It knows neither boards nor probes, and nothing
/// above it can tell one implementation from the other except by <see cref="IsVirtual"/>.
/// </summary>
public interface IHardwareBackend : IDisposable
{
    /// <summary>Name of the bench for reports: <c>linux</c>, or the virtual bench's name.</summary>
    string Name { get; }

    /// <summary>True for a simulated bench: every receipt, run and listing says so.</summary>
    bool IsVirtual { get; }

    /// <summary>USB devices.</summary>
    IUsbEnumerator Usb { get; }

    /// <summary>The bench's clock.</summary>
    IWaiter Waiter { get; }

    /// <summary>Opens an I2C adapter.</summary>
    /// <param name="device">Path or name, for example <c>/dev/i2c-0</c> or <c>i2c0</c>.</param>
    /// <exception cref="HardwareException">Not there or not permitted (<c>I2C_ADAPTER_LOST</c>, <c>I2C_ACCESS_DENIED</c>).</exception>
    II2cBus OpenI2c(string device);

    /// <summary>Takes a GPIO line; it starts as it was left, input on first use.</summary>
    /// <param name="line">Line name, for example <c>PG11</c>.</param>
    /// <exception cref="HardwareException">Not there or held by somebody (<c>GPIO_LINE_UNKNOWN</c>, <c>GPIO_LINE_BUSY</c>).</exception>
    IGpioLine OpenGpio(string line);

    /// <summary>Opens a serial port.</summary>
    /// <param name="device">Path or name, for example <c>/dev/ttyS1</c> or <c>usart1</c>.</param>
    /// <param name="settings">Line settings.</param>
    /// <exception cref="HardwareException">Not there or busy (<c>SERIAL_LOST</c>, <c>SERIAL_BUSY</c>).</exception>
    ISerialPort OpenSerial(string device, SerialSettings settings);

    /// <summary>The supply of a USB port, where this host can switch it.</summary>
    /// <param name="portPath">Bus and port chain, for example <c>1-1.3</c>; something may be plugged in or not.</param>
    /// <exception cref="HardwareException">There is no such port, or it cannot be switched (<c>USB_PORT_UNKNOWN</c>, <c>USB_PORT_NOT_SWITCHABLE</c>).</exception>
    IUsbPortPower OpenUsbPortPower(string portPath);
}
