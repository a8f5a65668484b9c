using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.I2c;
using FarmAgent.Simulation.Serial;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Which peripheral has which pin now (RM0008 section 9.3), and what the bench has hung on the pins.</summary>
internal sealed partial class Stm32F103
{
    private const int PortA = 0;
    private const int PortB = 1;
    private const int PortC = 2;
    private const int PortD = 3;
    private const int PortE = 4;

    private readonly Dictionary<GpioPin, SerialWire> _serialWires = [];
    private readonly List<(GpioPin Scl, GpioPin Sda, II2cSegment Bus)> _buses = [];

    /// <summary>True while SWDIO and SWCLK belong to the debug port.</summary>
    public bool HasDebugPins => _afio.DebugPins != DebugPins.None;

    /// <summary>A pin by port and number.</summary>
    public GpioPin Pin(int port, int number) => _ports[port][number];

    /// <summary>All pins of the ports.</summary>
    public IEnumerable<GpioPin> ListPins() => _ports.SelectMany(port => Enumerable.Range(0, PinsPerPort).Select(number => port[number]));

    /// <summary>Hangs a serial wire on a pin: whichever USART has its TX there sends on it.</summary>
    public void ConnectSerial(GpioPin pin, SerialWire wire) => _serialWires[pin] = wire;

    /// <summary>A frame has arrived at a pin: the USART that has its RX there takes it.</summary>
    public void ReceiveSerial(GpioPin pin, SerialFrame frame)
    {
        foreach (var usart in _usarts)
        {
            if (usart.Hears(pin))
            {
                usart.Receive(frame);
            }
        }
    }

    /// <summary>The pairs of pins on which an I2C interface can be, clock first, with the target that a bus finds there.</summary>
    public IEnumerable<(GpioPin Scl, GpioPin Sda, II2cTarget Target)> ListI2cPins()
    {
        foreach (var (unit, scl, sda) in new[] { (I2c1, 6, 7), (I2c1, 8, 9), (I2c2, 10, 11) })
        {
            yield return (Pin(PortB, scl), Pin(PortB, sda), new I2cPins(unit, Pin(PortB, scl), Pin(PortB, sda)));
        }
    }

    /// <summary>Says which bus is at two pins, for the interfaces as masters.</summary>
    public void ConnectBus(GpioPin scl, GpioPin sda, II2cSegment bus)
    {
        _buses.Add((scl, sda, bus));
        I2c1.SegmentAtPins ??= () => BusOf(I2c1);
        I2c2.SegmentAtPins ??= () => BusOf(I2c2);
    }

    private II2cSegment? BusOf(Stm32F1I2c unit) => _buses.Find(b => unit.Uses(b.Scl, b.Sda)).Bus;

    private void RoutePins()
    {
        var i2cRemapped = _afio.Remap(1, 1) != 0;
        I2c1.Route(Pin(PortB, i2cRemapped ? 8 : 6), Pin(PortB, i2cRemapped ? 9 : 7));
        I2c2.Route(Pin(PortB, 10), Pin(PortB, 11));
        RouteUsarts();
        RouteTimers();
        GiveDebugPins();
    }

    private void RouteUsarts()
    {
        if (_afio.Remap(2, 1) == 0)
        {
            _usarts[0].Route(Pin(PortA, 9), Pin(PortA, 10));
        }
        else
        {
            _usarts[0].Route(Pin(PortB, 6), Pin(PortB, 7));
        }

        if (_afio.Remap(3, 1) == 0)
        {
            _usarts[1].Route(Pin(PortA, 2), Pin(PortA, 3));
        }
        else
        {
            _usarts[1].Route(Pin(PortD, 5), Pin(PortD, 6));
        }

        switch (_afio.Remap(4, 2))
        {
            case 0:
                _usarts[2].Route(Pin(PortB, 10), Pin(PortB, 11));
                break;
            case 1:
                _usarts[2].Route(Pin(PortC, 10), Pin(PortC, 11));
                break;
            default:
                _usarts[2].Route(Pin(PortD, 8), Pin(PortD, 9));
                break;
        }
    }

    private void RouteTimers()
    {
        var first = _afio.Remap(6, 2) == 3;
        _timers[0].Route(first ? [Pin(PortE, 9), Pin(PortE, 11), Pin(PortE, 13), Pin(PortE, 14)] : [Pin(PortA, 8), Pin(PortA, 9), Pin(PortA, 10), Pin(PortA, 11)]);

        var second = _afio.Remap(8, 2);
        var lower = (second & 1) == 0 ? (Pin(PortA, 0), Pin(PortA, 1)) : (Pin(PortA, 15), Pin(PortB, 3));
        var upper = (second & 2) == 0 ? (Pin(PortA, 2), Pin(PortA, 3)) : (Pin(PortB, 10), Pin(PortB, 11));
        _timers[1].Route([lower.Item1, lower.Item2, upper.Item1, upper.Item2]);

        _timers[2].Route(_afio.Remap(10, 2) switch
        {
            2 => [Pin(PortB, 4), Pin(PortB, 5), Pin(PortB, 0), Pin(PortB, 1)],
            3 => [Pin(PortC, 6), Pin(PortC, 7), Pin(PortC, 8), Pin(PortC, 9)],
            _ => [Pin(PortA, 6), Pin(PortA, 7), Pin(PortB, 0), Pin(PortB, 1)],
        });

        var (fourthPort, fourthPin) = _afio.Remap(12, 1) == 0 ? (PortB, 6) : (PortD, 12);
        _timers[3].Route([.. Enumerable.Range(fourthPin, 4).Select(pin => Pin(fourthPort, pin))]);
    }

    /// <summary>The debug port's resistors (RM0008 section 31.4.3): up on SWDIO, JTDI and NJTRST, down on SWCLK.</summary>
    private void GiveDebugPins()
    {
        var owned = _afio.DebugPins;
        Pin(PortA, 13).DebugPull = owned < DebugPins.None ? PinDrive.PullUp : null;
        Pin(PortA, 14).DebugPull = owned < DebugPins.None ? PinDrive.PullDown : null;
        Pin(PortA, 15).DebugPull = owned < DebugPins.SerialWire ? PinDrive.PullUp : null;
        Pin(PortB, 3).DebugPull = owned < DebugPins.SerialWire ? PinDrive.None : null;
        Pin(PortB, 4).DebugPull = owned < DebugPins.WithoutReset ? PinDrive.PullUp : null;
    }
}
