using System.Device.I2c;
using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;
using Iot.Device.Adc;
using Iot.Device.Ads1115;
using Iot.Device.Bmxx80;
using Iot.Device.Lm75;
using Iot.Device.Mcp23xxx;
using Iot.Device.Pcx857x;

namespace FarmAgent.Boards.Instruments;

/// <summary>Instruments of a bench by their kind: which binding reads them, and what they measure. A table, since native code has no reflection to find them by.</summary>
public static class InstrumentCatalog
{
    private static readonly Dictionary<string, Func<I2cDevice, I2cDeviceDescription, IReadOnlyList<InstrumentReading>>> ByKind = new(StringComparer.Ordinal)
    {
        ["ina219"] = ReadIna219,
        ["mcp23017"] = ReadMcp23017,
        ["pcf8574"] = ReadPcf8574,
        ["lm75"] = ReadLm75,
        ["bmp280"] = ReadBmp280,
        ["ads1115"] = ReadAds1115,
    };

    /// <summary>Every kind that can be read.</summary>
    public static IReadOnlyCollection<string> Kinds => ByKind.Keys;

    /// <summary>Reads all quantities of an instrument, within one job of its adapter's thread.</summary>
    /// <param name="bus">The bus it is on.</param>
    /// <param name="description">Which instrument.</param>
    /// <param name="timeout">Limit of each transfer.</param>
    /// <exception cref="RequestException">Its kind cannot be read (<c>INSTRUMENT_KIND_UNKNOWN</c>).</exception>
    /// <exception cref="HardwareException">It answers, but not as a chip of its kind does (<c>INSTRUMENT_NOT_RECOGNISED</c>), or the adapter is gone.</exception>
    public static InstrumentOutcome Read(II2cBus bus, I2cDeviceDescription description, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(description);
        if (!ByKind.TryGetValue(description.Kind, out var read))
        {
            throw new RequestException(
                "INSTRUMENT_KIND_UNKNOWN", $"'{description.Name}' is declared as {description.Kind}, which is no instrument. Instruments are {string.Join(", ", Kinds)}.");
        }

        var device = new BusI2cDevice(bus, description.Address, timeout);
        try
        {
            return new InstrumentOutcome(read(device, description), Failure: null);
        }
        catch (IOException) when (device.Failure is not null)
        {
            return new InstrumentOutcome([], device.Failure);
        }
        catch (IOException e)
        {
            // A binding that misses the chip's identity says so in this way.
            throw new HardwareException(
                "INSTRUMENT_NOT_RECOGNISED",
                $"What answers at {description.Address} on {bus.Name} is no {description.Kind}: {e.Message} Correct 'kind' or 'address' of '{description.Name}' in the board's file.",
                e);
        }
    }

    private static IReadOnlyList<InstrumentReading> ReadIna219(I2cDevice device, I2cDeviceDescription description)
    {
        // SBOS448G equation 1: calibration = 0.04096 / (LSB * shunt). With an LSB of 10 uV across the shunt it is 4096 for any shunt.
        const ushort Calibration = 4096;
        const double LsbVolts = 10e-6;
        using var meter = new Ina219(device);
        meter.SetCalibration(Calibration, (float)(LsbVolts / description.ShuntOhms));
        return
        [
            new("bus voltage", meter.ReadBusVoltage().Volts, "V"),
            new("shunt voltage", meter.ReadShuntVoltage().Volts, "V"),
            new("current", meter.ReadCurrent().Amperes, "A"),
            new("power", (double)meter.ReadPower().Watts, "W"),
        ];
    }

    private static IReadOnlyList<InstrumentReading> ReadMcp23017(I2cDevice device, I2cDeviceDescription description)
    {
        // Only looks: whoever uses the lines has configured them.
        using var lines = new Mcp23017(device);
        return
        [
            new("port a", lines.ReadByte(Register.GPIO, Port.PortA), ""),
            new("port b", lines.ReadByte(Register.GPIO, Port.PortB), ""),
        ];
    }

    private static IReadOnlyList<InstrumentReading> ReadPcf8574(I2cDevice device, I2cDeviceDescription description)
    {
        using var lines = new Pcf8574(device);
        return [new("port", lines.ReadByte(), "")];
    }

    private static IReadOnlyList<InstrumentReading> ReadLm75(I2cDevice device, I2cDeviceDescription description)
    {
        using var sensor = new Lm75(device);
        return [new("temperature", sensor.Temperature.DegreesCelsius, "degC")];
    }

    private static IReadOnlyList<InstrumentReading> ReadBmp280(I2cDevice device, I2cDeviceDescription description)
    {
        using var sensor = new Bmp280(device);
        var result = sensor.Read();
        return
        [
            .. result.Temperature is { } temperature ? [new InstrumentReading("temperature", temperature.DegreesCelsius, "degC")] : Array.Empty<InstrumentReading>(),
            .. result.Pressure is { } pressure ? [new InstrumentReading("pressure", pressure.Pascals, "Pa")] : Array.Empty<InstrumentReading>(),
        ];
    }

    private static IReadOnlyList<InstrumentReading> ReadAds1115(I2cDevice device, I2cDeviceDescription description)
    {
        InputMultiplexer[] inputs = [InputMultiplexer.AIN0, InputMultiplexer.AIN1, InputMultiplexer.AIN2, InputMultiplexer.AIN3];
        using var converter = new Ads1115(device, InputMultiplexer.AIN0, MeasuringRange.FS4096, deviceMode: DeviceMode.PowerDown);
        return [.. inputs.Select((input, index) => new InstrumentReading($"voltage {index}", converter.ReadVoltage(input).Volts, "V"))];
    }
}
