using System.Device.Gpio;
using FarmAgent.Hardware.Gpio;

namespace FarmAgent.Hardware.Linux.Gpio;

/// <summary>
/// A GPIO chip of the kernel for System.Device.Gpio, by the character device's version 2 (Linux 5.10 and later): no libgpiod, whose major version
/// differs between distributions, and no sysfs. A pin number is the line's offset on its chip.
/// </summary>
public sealed class CharDeviceGpioDriver : GpioDriver
{
    private static readonly TimeSpan CancellationGrain = TimeSpan.FromMilliseconds(50);
    private readonly Lock _lock = new();
    private readonly GpioChip _chip;
    private readonly string _consumer;
    private readonly Dictionary<int, GpioLineRequest> _open = [];
    private readonly Dictionary<int, PinMode> _modes = [];
    private readonly Dictionary<int, EdgePump> _pumps = [];

    /// <summary>Opens a chip.</summary>
    /// <param name="path">Device node, for example <c>/dev/gpiochip0</c>.</param>
    /// <param name="consumer">Who holds the lines, shown to others by gpioinfo.</param>
    /// <exception cref="HardwareException">Not there, not permitted or no GPIO chip (<c>GPIO_CHIP_LOST</c>, <c>GPIO_ACCESS_DENIED</c>).</exception>
    public CharDeviceGpioDriver(string path, string consumer)
    {
        _chip = GpioChip.Open(path);
        _consumer = consumer;
    }

    /// <inheritdoc/>
    protected override int PinCount => _chip.LineCount;

    /// <summary>The held line of an open pin.</summary>
    internal GpioLineRequest this[int pin]
    {
        get
        {
            lock (_lock)
            {
                return _open.TryGetValue(pin, out var request) ? request : throw new InvalidOperationException($"Pin {pin} of {_chip} is not open.");
            }
        }
    }

    /// <summary>Takes a line; it stays as it was left.</summary>
    /// <exception cref="HardwareException">Held by somebody, who is named (<c>GPIO_LINE_BUSY</c>).</exception>
    protected override void OpenPin(int pinNumber)
    {
        lock (_lock)
        {
            if (!_open.ContainsKey(pinNumber))
            {
                _open[pinNumber] = _chip.Request(pinNumber, _consumer);
                _modes[pinNumber] = _open[pinNumber].IsOutput ? PinMode.Output : PinMode.Input;
            }
        }
    }

    /// <inheritdoc/>
    protected override void ClosePin(int pinNumber)
    {
        lock (_lock)
        {
            if (_pumps.Remove(pinNumber, out var pump))
            {
                pump.Dispose();
            }

            if (_open.Remove(pinNumber, out var request))
            {
                request.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    protected override void SetPinMode(int pinNumber, PinMode mode)
    {
        if (mode == PinMode.Output)
        {
            // The level that the wire has is the one that causes no glitch.
            SetPinMode(pinNumber, mode, Read(pinNumber));
            return;
        }

        this[pinNumber].ConfigureInput(BiasOf(mode));
        Remember(pinNumber, mode);
    }

    /// <inheritdoc/>
    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue)
    {
        if (mode != PinMode.Output)
        {
            SetPinMode(pinNumber, mode);
            return;
        }

        this[pinNumber].ConfigureOutput(initialValue == PinValue.High);
        Remember(pinNumber, mode);
    }

    /// <inheritdoc/>
    protected override PinMode GetPinMode(int pinNumber)
    {
        lock (_lock)
        {
            return _modes.GetValueOrDefault(pinNumber, PinMode.Input);
        }
    }

    /// <inheritdoc/>
    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) =>
        mode is PinMode.Input or PinMode.Output or PinMode.InputPullUp or PinMode.InputPullDown;

    /// <inheritdoc/>
    protected override PinValue Read(int pinNumber) => this[pinNumber].Read() ? PinValue.High : PinValue.Low;

    /// <inheritdoc/>
    protected override void Write(int pinNumber, PinValue value) => this[pinNumber].Write(value == PinValue.High);

    /// <inheritdoc/>
    protected override void Toggle(int pinNumber) => Write(pinNumber, !(bool)Read(pinNumber));

    /// <inheritdoc/>
    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken)
    {
        var line = this[pinNumber];
        line.ConfigureInput(BiasOf(GetPinMode(pinNumber)), EdgesOf(eventTypes));
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (line.TryReadEvent(CancellationGrain, out var found))
                {
                    return new WaitForEventResult { EventTypes = TypeOf(found), TimedOut = false };
                }
            }

            return new WaitForEventResult { EventTypes = PinEventTypes.None, TimedOut = true };
        }
        finally
        {
            line.ConfigureInput(BiasOf(GetPinMode(pinNumber)));
        }
    }

    /// <inheritdoc/>
    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        lock (_lock)
        {
            if (!_pumps.TryGetValue(pinNumber, out var pump))
            {
                var line = _open[pinNumber];
                line.ConfigureInput(BiasOf(_modes[pinNumber]), GpioEdges.Both);
                _pumps[pinNumber] = pump = new EdgePump(line, pinNumber);
            }

            pump.Add(eventTypes, callback);
        }
    }

    /// <inheritdoc/>
    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        lock (_lock)
        {
            if (_pumps.TryGetValue(pinNumber, out var pump) && pump.Remove(callback))
            {
                _pumps.Remove(pinNumber);
                pump.Dispose();
                _open[pinNumber].ConfigureInput(BiasOf(_modes[pinNumber]));
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_lock)
            {
                foreach (var pin in _open.Keys.ToArray())
                {
                    ClosePin(pin);
                }
            }

            _chip.Dispose();
        }

        base.Dispose(disposing);
    }

    internal static PinEventTypes TypeOf(GpioUapi.LineEvent found) =>
        found.Id == GpioUapi.EventRising ? PinEventTypes.Rising : PinEventTypes.Falling;

    /// <summary>What <see cref="GpioLine"/> needs of a driver, whose members are for derived classes and the controller only.</summary>
    internal void Open(int pin) => OpenPin(pin);

    /// <summary>Gives a line back.</summary>
    internal void Close(int pin) => ClosePin(pin);

    private static GpioBias BiasOf(PinMode mode) => mode switch
    {
        PinMode.InputPullUp => GpioBias.PullUp,
        PinMode.InputPullDown => GpioBias.PullDown,
        _ => GpioBias.AsIs,
    };

    private static GpioEdges EdgesOf(PinEventTypes types) =>
        ((types & PinEventTypes.Rising) != 0 ? GpioEdges.Rising : GpioEdges.None)
        | ((types & PinEventTypes.Falling) != 0 ? GpioEdges.Falling : GpioEdges.None);

    private void Remember(int pin, PinMode mode)
    {
        lock (_lock)
        {
            _modes[pin] = mode;
        }
    }
}
