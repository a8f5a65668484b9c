using FarmAgent.Hardware.I2c;
using FarmAgent.Probes;

namespace FarmAgent.Boards.Inventory;

/// <summary>
/// The built-in description of the reference bench on the virtual backend: an STM32F103C8 behind an ST-LINK/V2, its I2C1 on the
/// host's first adapter, host line PG11 (number 203) wired to PA0 and PG0 to PG6 to PA1 to PA7, USART1 as console. It is what
/// <c>farm-agent --virtual</c> serves.
/// </summary>
public static class SeedBoard
{
    /// <summary>Its name.</summary>
    public const string Name = "b1";

    /// <summary>The description.</summary>
    public static BoardDescription Description { get; } = new()
    {
        Name = Name,
        Title = "virtual reference bench: NanoPi with STM32F103C8",
        Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["mcu"] = "stm32f103", ["bench"] = "seed" },
        Backend = BoardBackend.Virtual,
        Probe = ProbeSelector.Any,
        Chip = "STM32F103C8",
        I2cAdapters =
        [
            new I2cAdapterDescription
            {
                Name = "i2c0",
                Device = "i2c0",
                SclPin = "PB6",
                SdaPin = "PB7",
                Devices = [new I2cDeviceDescription("expander", I2cDeviceDescription.ExpanderKind, new I2cAddress(0x08))],
            },
        ],
        GpioLines =
        [
            new GpioLineDescription { Name = "PG11", LegacyNumber = 203, WiredTo = "PA0" },
            .. Enumerable.Range(0, 7).Select(i =>
                new GpioLineDescription { Name = $"PG{i}", LegacyNumber = 192 + i, WiredTo = $"PA{i + 1}" }),
        ],
        SerialPorts = [new SerialPortDescription { Name = "console", Device = "usart1" }],
    };
}
