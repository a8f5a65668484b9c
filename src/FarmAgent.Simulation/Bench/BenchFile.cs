using FarmAgent.Simulation.Faults;
using FarmAgent.Simulation.Gpio;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Bench;

/// <summary>Reads bench files (YAML). Unknown keys and values are errors with file, line and column.</summary>
public static partial class BenchFile
{
    private const string SeedResource = "FarmAgent.Simulation.Bench.seed.bench.yaml";

    /// <summary>The seed's bench, built in.</summary>
    public static BenchDescription Seed()
    {
        using var stream = typeof(BenchFile).Assembly.GetManifestResourceStream(SeedResource)
            ?? throw new InvalidOperationException($"The resource {SeedResource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return Read(reader, "seed.bench.yaml");
    }

    /// <summary>Reads a bench file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="BenchFileException">The first mistake in it.</exception>
    public static BenchDescription Load(string path)
    {
        using var reader = File.OpenText(path);
        return Read(reader, path);
    }

    /// <summary>Reads a bench description.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="file">Name for messages.</param>
    /// <exception cref="BenchFileException">The first mistake in it.</exception>
    public static BenchDescription Read(TextReader reader, string file)
    {
        return ReadBench(YamlMapping.Load(reader, file));
    }

    private static BenchDescription ReadBench(YamlMapping root)
    {
        var bench = new BenchDescription
        {
            Name = root.Text("name"),
            Copies = root.Number("copies", 1, 1, 64),
            Clock = root.Choice("clock", BenchClockMode.Realtime, ("realtime", BenchClockMode.Realtime), ("lockstep", BenchClockMode.Lockstep)),
            Probe = ReadProbe(root.Section("probe")),
            Target = ReadTarget(root.Section("target")),
            Nets = [.. root.Sections("nets").Select(ReadNet)],
            I2c = [.. root.Sections("i2c").Select(ReadI2c)],
            Gpio = [.. root.Sections("gpio").Select(ReadGpio)],
            Serial = [.. root.Sections("serial").Select(ReadSerial)],
            Trace = root.Flag("trace"),
            Faults = [.. root.Sections("faults").Select(FaultReader.Read)],
        };
        root.RefuseOthers();
        return bench;
    }

    private static BenchNet ReadNet(YamlMapping map)
    {
        var net = new BenchNet(
            map.Text("name"),
            map.Words("pins"),
            map.Choice("pull", PinDrive.None, ("none", PinDrive.None), ("up", PinDrive.PullUp), ("down", PinDrive.PullDown)));
        foreach (var pin in net.Pins.Where(p => !ChipPin.IsName(p)))
        {
            throw map.Problem("pins", $"the chip has no pin {pin}; it has PA0 to PE15 and NRST");
        }

        map.RefuseOthers();
        return net;
    }

    private static BenchI2c ReadI2c(YamlMapping map)
    {
        var bus = new BenchI2c(
            map.Text("name"),
            map.OptionalText("device"),
            map.Text("sda"),
            map.Text("scl"),
            map.Number("frequency", 100_000, 1_000, 400_000),
            [.. map.Sections("targets").Select(ReadI2cTarget)]);
        map.RefuseOthers();
        return bus;
    }

    private static BenchI2cTarget ReadI2cTarget(YamlMapping map)
    {
        var size = map.Number("size", 256, 1, 256);
        var registers = new byte[size];
        var initial = map.Words("registers");
        for (var index = 0; index < initial.Count; index++)
        {
            if (index >= size || !byte.TryParse(initial[index].Replace("0x", "", StringComparison.OrdinalIgnoreCase),
                    System.Globalization.NumberStyles.AllowHexSpecifier, null, out registers[index]))
            {
                throw map.Problem("registers", $"entry {index} ('{initial[index]}') has to be a byte in hex, and within the size of {size}");
            }
        }

        var target = new BenchI2cTarget(map.Text("name"), (byte)map.Number("address", 0x08, 0x77), registers, map.Flag("writable")) { Instrument = ReadInstrument(map) };
        map.RefuseOthers();
        return target;
    }

    private static BenchGpio ReadGpio(YamlMapping map)
    {
        var sysfs = map.Number("sysfs", -1, 0, 4095);
        var line = new BenchGpio(map.Text("name"), sysfs < 0 ? null : sysfs, map.Text("net"));
        map.RefuseOthers();
        return line;
    }

    private static BenchSerial ReadSerial(YamlMapping map)
    {
        var port = new BenchSerial(map.Text("name"), map.OptionalText("device"), map.Text("receive"), map.Text("transmit"));
        map.RefuseOthers();
        return port;
    }
}
