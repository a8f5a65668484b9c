using FarmAgent.Hardware;
using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.I2c;
using FarmAgent.Simulation.Mcu;
using FarmAgent.Simulation.Serial;
using FarmAgent.Simulation.Tracing;

namespace FarmAgent.Simulation.Bench;

/// <summary>Puts the parts of a bench together as its description says.</summary>
public sealed partial class VirtualBench
{
    /// <summary>Begins the names of the chip's wire ends.</summary>
    private const string ChipEnd = "dut:";

    private readonly List<(BenchI2c Description, I2cController Controller)> _i2cBuses = [];
    private readonly List<(BenchGpio Description, HostGpioPad Pad)> _gpioPads = [];
    private readonly List<(BenchSerial Description, HostUart Uart)> _uarts = [];
    private readonly Dictionary<string, WireEndpoint> _chipEnds = new(StringComparer.Ordinal);

    internal IReadOnlyList<(BenchI2c Description, I2cController Controller)> I2cBuses => _i2cBuses;

    internal IReadOnlyList<(BenchGpio Description, HostGpioPad Pad)> GpioPads => _gpioPads;

    internal IReadOnlyList<(BenchSerial Description, HostUart Uart)> Uarts => _uarts;

    private void Compose()
    {
        foreach (var net in Description.Nets)
        {
            ComposeNet(net);
        }

        Chip = new Stm32F103(Clock, Description.Target, ChipEndOf, NoticeBoard);
        foreach (var line in Description.Gpio)
        {
            _gpioPads.Add((line, new HostGpioPad(line.Name, NetOf(line.Net, $"GPIO line {line.Name}").Add($"host:{line.Name}"))));
        }

        foreach (var bus in Description.I2c)
        {
            ComposeI2c(bus);
        }

        foreach (var port in Description.Serial)
        {
            ComposeSerial(port);
        }

        ComposeProbe();
        ConnectChip();
        ComposeRelay();
        Faults.UpdateSupplies();
    }

    private void ComposeNet(BenchNet net)
    {
        var wire = Harness.Add(net.Name);
        if (net.Pull != PinDrive.None)
        {
            wire.Add("board:pull").Pull = net.Pull;
        }

        foreach (var pin in net.Pins)
        {
            if (!_chipEnds.TryAdd(pin, wire.Add(ChipEnd + pin)))
            {
                throw Invalid($"pin {pin} is on the nets {_chipEnds[pin].Wire.Name} and {net.Name}; a pin is on one net");
            }
        }
    }

    private void ComposeI2c(BenchI2c bus)
    {
        var sda = NetOf(bus.Sda, $"I2C adapter {bus.Name}");
        var scl = NetOf(bus.Scl, $"I2C adapter {bus.Name}");
        var controller = new I2cController(Clock, sda.Add($"host:{bus.Name}.SDA"), scl.Add($"host:{bus.Name}.SCL"), bus.Frequency)
        {
            Disturbance = new I2cFaults(Faults, bus.Name),
        };
        foreach (var target in bus.Targets)
        {
            controller.Attach(new I2cAttachment(
                ModelOf(target),
                sda.Add($"{target.Name}:SDA"),
                scl.Add($"{target.Name}:SCL")));
        }

        foreach (var (place, (clock, data, _)) in Chip.ListI2cPins().Index())
        {
            if (clock.Endpoint.Wire == scl && data.Endpoint.Wire == sda)
            {
                controller.Attach(new I2cAttachment(new SocketI2cTarget(this, place), data.Endpoint, clock.Endpoint));
                _busesOfChip.Add((place, controller));
            }
        }

        _i2cBuses.Add((bus, controller));
    }

    private void ComposeSerial(BenchSerial port)
    {
        var receive = NetOf(port.Receive, $"serial port {port.Name}");
        var transmit = NetOf(port.Transmit, $"serial port {port.Name}");
        var hostReceive = receive.Add($"host:{port.Name}.RX");
        var hostTransmit = transmit.Add($"host:{port.Name}.TX");
        hostTransmit.Drive = PinDrive.High;

        var heard = PinsOn(transmit).FirstOrDefault()?.Endpoint;
        SerialWire? toChip = null;
        if (heard is not null)
        {
            toChip = new SerialWire(hostTransmit, heard)
            {
                Received = frame => Chip.ReceiveSerial(Chip.ListPins().First(pin => pin.Endpoint == heard), frame),
                Disturbance = new SerialFaults(Faults, port.Transmit),
                Passing = frame => NoteFrame(port.Transmit, frame),
            };
        }

        var uart = new HostUart(port.Name, Clock, toChip);
        foreach (var pin in PinsOn(receive))
        {
            _fromChip[pin.Endpoint] = new SerialWire(pin.Endpoint, hostReceive)
            {
                Received = uart.Receive,
                Disturbance = new SerialFaults(Faults, port.Receive),
                Passing = frame => NoteFrame(port.Receive, frame),
            };
        }

        _uarts.Add((port, uart));
    }

    private void NoteFrame(string net, SerialFrame frame)
    {
        if (Trace.IsOn)
        {
            Trace.Note(TraceChannel.Serial, net, [], [], $"{frame.Bits:x3}{(frame.IsNoisy ? " noise" : "")}{(frame.IsMissed ? " missed" : "")}");
        }
    }

    /// <summary>The chip's pins on a net.</summary>
    private IEnumerable<GpioPin> PinsOn(Wire wire) => Chip.ListPins().Where(pin => pin.Endpoint.Wire == wire);

    /// <summary>The chip's end of a pin; a pin that no net names hangs on a wire of its own, which is not listed.</summary>
    private WireEndpoint ChipEndOf(string pin)
    {
        if (!_chipEnds.TryGetValue(pin, out var end))
        {
            end = (pin == ChipPin.Nrst ? Harness.Add(pin) : new Wire(pin, NoticeBoard)).Add(ChipEnd + pin);
            _chipEnds.Add(pin, end);
        }

        return end;
    }

    private Wire NetOf(string net, string user) => Harness.Wires.FirstOrDefault(w => w.Name == net)
        ?? throw Invalid($"{user} is on the net {net}, which the bench does not have; declare it under 'nets'");

    private RequestException Invalid(string problem) => new("BENCH_INVALID", $"The bench {Description.Name} cannot be built: {problem}.");
}
