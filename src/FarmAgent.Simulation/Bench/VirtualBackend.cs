using System.Globalization;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Gpio;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Serial;
using FarmAgent.Hardware.Time;
using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.I2c;
using FarmAgent.Simulation.Serial;

namespace FarmAgent.Simulation.Bench;

/// <summary>The devices of a virtual bench behind the seam that real ones have. Disposing it does not close the bench.</summary>
public sealed class VirtualBackend : IHardwareBackend
{
    private readonly VirtualBench _bench;

    internal VirtualBackend(VirtualBench bench) => _bench = bench;

    /// <inheritdoc/>
    public string Name => _bench.Name;

    /// <inheritdoc/>
    public bool IsVirtual => true;

    /// <inheritdoc/>
    public IUsbEnumerator Usb => _bench.UsbPort;

    /// <inheritdoc/>
    public IWaiter Waiter => _bench.Clock;

    /// <inheritdoc/>
    public II2cBus OpenI2c(string device)
    {
        var (description, controller) = _bench.I2cBuses.FirstOrDefault(b => b.Description.Name == device || b.Description.Device == device);
        return description is null
            ? throw new HardwareException("I2C_ADAPTER_LOST",
                $"There is no I2C adapter {device} on the virtual bench {Name}; it has {Listed(_bench.I2cBuses.Select(b => b.Description.Name))}. Correct the name.")
            : new VirtualI2cBus(description.Name, controller, _bench.Clock, _bench.Trace);
    }

    /// <inheritdoc/>
    public IGpioLine OpenGpio(string line)
    {
        lock (_bench.Clock.Gate)
        {
            var (_, pad) = _bench.GpioPads.FirstOrDefault(p => p.Description.Name == line
                || (p.Description.Sysfs is { } sysfs && sysfs.ToString(CultureInfo.InvariantCulture) == line));
            if (pad is null)
            {
                throw new HardwareException("GPIO_LINE_UNKNOWN",
                    $"There is no GPIO line {line} on the virtual bench {Name}; it has {Listed(_bench.GpioPads.Select(p => p.Description.Name))}. Correct the name.");
            }

            if (pad.Holder is not null)
            {
                throw new HardwareException("GPIO_LINE_BUSY", $"GPIO line {pad.Name} is already held. Close its other user first.");
            }

            pad.Holder = new VirtualGpioLine(pad, _bench.Clock);
            return pad.Holder;
        }
    }

    /// <inheritdoc/>
    public ISerialPort OpenSerial(string device, SerialSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        lock (_bench.Clock.Gate)
        {
            var (_, uart) = _bench.Uarts.FirstOrDefault(u => u.Description.Name == device || u.Description.Device == device);
            if (uart is null)
            {
                throw new HardwareException("SERIAL_LOST",
                    $"There is no serial port {device} on the virtual bench {Name}; it has {Listed(_bench.Uarts.Select(u => u.Description.Name))}. Correct the name.");
            }

            if (uart.IsOpen)
            {
                throw new HardwareException("SERIAL_BUSY", $"The serial port {uart.Name} is already open. Close its other user first.");
            }

            uart.Open(settings);
            return new VirtualSerialPort(uart, _bench.Clock);
        }
    }

    /// <inheritdoc/>
    public IUsbPortPower OpenUsbPortPower(string portPath) => portPath == _bench.Description.Probe.PortPath
        ? new VirtualPortPower(_bench)
        : throw new HardwareException("USB_PORT_UNKNOWN",
            $"There is no USB port {portPath} on the virtual bench {Name}; it has {_bench.Description.Probe.PortPath}. Correct the port.");

    /// <inheritdoc/>
    public void Dispose()
    {
        // The bench outlives its backends: what is open belongs to whoever opened it.
    }

    private static string Listed(IEnumerable<string> names)
    {
        var text = string.Join(", ", names);
        return text.Length == 0 ? "none" : text;
    }
}
