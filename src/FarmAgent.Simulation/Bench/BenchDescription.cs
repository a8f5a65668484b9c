using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Bench;

/// <summary>What a virtual bench consists of; read from a bench file by <see cref="BenchFile"/>.</summary>
public sealed record BenchDescription
{
    /// <summary>Name for reports, for example <c>seed</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How many benches like this the file stands for; see <see cref="Copy"/>.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Clock mode at the start.</summary>
    public BenchClockMode Clock { get; init; } = BenchClockMode.Realtime;

    /// <summary>The probe.</summary>
    public required BenchProbe Probe { get; init; }

    /// <summary>The chip under test.</summary>
    public required BenchTarget Target { get; init; }

    /// <summary>Nets that join pins; a pin that no net names is on a net of its own.</summary>
    public IReadOnlyList<BenchNet> Nets { get; init; } = [];

    /// <summary>I2C adapters of the host.</summary>
    public IReadOnlyList<BenchI2c> I2c { get; init; } = [];

    /// <summary>GPIO lines of the host.</summary>
    public IReadOnlyList<BenchGpio> Gpio { get; init; } = [];

    /// <summary>Serial ports of the host.</summary>
    public IReadOnlyList<BenchSerial> Serial { get; init; } = [];

    /// <summary>True records what passes over the wires from the start.</summary>
    public bool Trace { get; init; }

    /// <summary>Faults that are there from the start.</summary>
    public IReadOnlyList<BenchFault> Faults { get; init; } = [];

    /// <summary>One of the benches that the file stands for: its name ends in its number, and its probe and chip have serials of their own.</summary>
    /// <param name="number">From 1 to <see cref="Copies"/>.</param>
    public BenchDescription Copy(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Copies);
        return Copies == 1 ? this : this with
        {
            Name = $"{Name}-{number:00}",
            Copies = 1,
            Probe = Probe with { Serial = Numbered(Probe.Serial, number) },
            Target = Target with { UniqueId = Numbered(Target.UniqueId, number) },
        };
    }

    private static string Numbered(string digits, int number) => $"{digits[..^2]}{number:X2}";
}

/// <summary>A net.</summary>
/// <param name="Name">Name for faults and listings, for example <c>SDA</c>.</param>
/// <param name="Pins">Pins of the chip on it, for example <c>PB7</c>, or <c>NRST</c>.</param>
/// <param name="Pull">Resistor on the board: up, down or none.</param>
public sealed record BenchNet(string Name, IReadOnlyList<string> Pins, PinDrive Pull);

/// <summary>An I2C adapter of the host.</summary>
/// <param name="Name">Name to open it by, for example <c>i2c0</c>.</param>
/// <param name="Device">Path to open it by as well, for example <c>/dev/i2c-0</c>; null for none.</param>
/// <param name="Sda">Net of the data line.</param>
/// <param name="Scl">Net of the clock line.</param>
/// <param name="Frequency">Clock in Hz.</param>
/// <param name="Targets">Ready-made chips on the bus beside the chip under test.</param>
public sealed record BenchI2c(string Name, string? Device, string Sda, string Scl, int Frequency, IReadOnlyList<BenchI2cTarget> Targets);

/// <summary>A ready-made register chip on an I2C bus.</summary>
/// <param name="Name">Name of its wire ends.</param>
/// <param name="Address">7-bit address.</param>
/// <param name="Registers">Content from register 0 on.</param>
/// <param name="Writable">False acknowledges writes and ignores them.</param>
public sealed record BenchI2cTarget(string Name, byte Address, IReadOnlyList<byte> Registers, bool Writable)
{
    /// <summary>Which instrument it is; null for one that only holds <see cref="Registers"/>.</summary>
    public BenchInstrument? Instrument { get; init; }
}

/// <summary>A GPIO line of the host.</summary>
/// <param name="Name">Name to open it by, for example <c>PG11</c>.</param>
/// <param name="Sysfs">Number to open it by as well; null for none.</param>
/// <param name="Net">Net that it is soldered to.</param>
public sealed record BenchGpio(string Name, int? Sysfs, string Net);

/// <summary>A serial port of the host.</summary>
/// <param name="Name">Name to open it by, for example <c>usart1</c>.</param>
/// <param name="Device">Path to open it by as well, for example <c>/dev/ttyS1</c>; null for none.</param>
/// <param name="Receive">Net on which the chip sends.</param>
/// <param name="Transmit">Net on which the host sends.</param>
public sealed record BenchSerial(string Name, string? Device, string Receive, string Transmit);
