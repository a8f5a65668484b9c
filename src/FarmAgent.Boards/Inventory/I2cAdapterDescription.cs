using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Inventory;

/// <summary>An I2C adapter of a board.</summary>
public sealed record I2cAdapterDescription
{
    /// <summary>Name on this board, for example <c>i2c0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Path or name that the backend knows, for example <c>/dev/i2c-0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Clock in hertz, as the owner states it: the agent does not set it on Linux.</summary>
    public int ClockHz { get; init; } = 100_000;

    /// <summary>Pin of the device under test that SCL is wired to, for example <c>PB6</c>; null when not told.</summary>
    public string? SclPin { get; init; }

    /// <summary>Pin of the device under test that SDA is wired to, for example <c>PB7</c>; null when not told.</summary>
    public string? SdaPin { get; init; }

    /// <summary>True when other boards hang on the same adapter; each then declares its own addresses and is held to them.</summary>
    public bool Shared { get; init; }

    /// <summary>What is on the bus.</summary>
    public IReadOnlyList<I2cDeviceDescription> Devices { get; init; } = [];

    /// <summary>Address of the GPIO expander; null when none is declared.</summary>
    public I2cAddress? ExpanderAddress =>
        Devices.FirstOrDefault(d => string.Equals(d.Kind, I2cDeviceDescription.ExpanderKind, StringComparison.Ordinal))?.Address;

    /// <summary>Whether this board may talk to an address: on an adapter of its own to any, on a shared one to those it declares.</summary>
    /// <param name="address">7-bit address.</param>
    public bool Allows(I2cAddress address) => !Shared || Devices.Any(d => d.Address == address);
}

/// <summary>A chip on a board's I2C bus.</summary>
/// <param name="Name">Name for a person.</param>
/// <param name="Kind">What it is: <c>expander</c>, or the name of an instrument chip.</param>
/// <param name="Address">Its 7-bit address.</param>
public sealed record I2cDeviceDescription(string Name, string Kind, I2cAddress Address)
{
    /// <summary>Shunt resistor of a current meter, in ohms: 0.1 on most breakout boards.</summary>
    public double ShuntOhms { get; init; } = 0.1;

    /// <summary>The kind of the device under test that answers 0xBEEF.</summary>
    public const string ExpanderKind = "expander";

    /// <summary>The kind of what only has an address, for example a second one of the device under test.</summary>
    public const string OtherKind = "other";

    /// <summary>True for an instrument of the bench, which does not depend on the firmware under test.</summary>
    public bool IsInstrument => Kind is not (ExpanderKind or OtherKind);

    /// <summary>All kinds that a board file may name.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [ExpanderKind, "ads1115", "bmp280", "ina219", "lm75", "mcp23017", "pcf8574", OtherKind];
}
