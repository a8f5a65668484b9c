using FarmAgent.Boards.Inventory;
using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;
using FarmAgent.Probes;
using FarmAgent.Simulation.Bench;

namespace FarmAgent.Agent.Hosting;

/// <summary>Boards that nobody described because a bench file says all of them: named after their bench, with its adapters, lines and consoles.</summary>
internal static class BenchBoards
{
    private const byte ExpanderAddress = 0x08;

    /// <summary>The boards of a bench file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    public static IReadOnlyList<BoardDescription> Read(string file, List<string> problems)
    {
        var path = Path.GetFullPath(file);
        return Load(path, problems) is not { } bench
            ? []
            : [.. Enumerable.Range(1, bench.Copies).Select(copy => Describe(bench.Copy(copy), path, copy))];
    }

    /// <summary>Checks the bench file of a board that was described.</summary>
    /// <param name="board">A virtual board with a bench file.</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    public static void Check(BoardDescription board, List<string> problems)
    {
        if (Load(board.BenchFile!, problems) is { Copies: > 1 } bench)
        {
            problems.Add($"{board.BenchFile}: stands for {bench.Copies} benches, but board {board.Name} is one; leave 'copies' out, or serve the file by --bench or 'benches:'");
        }
    }

    private static BenchDescription? Load(string path, List<string> problems)
    {
        try
        {
            var bench = BenchFile.Load(path);

            // Only a bench that is put together shows that all its parts fit.
            using var built = new VirtualBench(bench.Copy(1));
            return bench;
        }
        catch (BenchFileException e)
        {
            problems.Add(e.Message);
        }
        catch (RequestException e)
        {
            problems.Add($"{path}: {e.Message}");
        }
        catch (IOException e)
        {
            problems.Add($"{path}: cannot be read: {e.Message}");
        }
        catch (UnauthorizedAccessException e)
        {
            problems.Add($"{path}: cannot be read: {e.Message}");
        }

        return null;
    }

    private static BoardDescription Describe(BenchDescription bench, string path, int copy) => new()
    {
        Name = bench.Name,
        Title = $"virtual bench {bench.Name}",
        Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["mcu"] = "stm32f103", ["bench"] = bench.Name },
        Backend = BoardBackend.Virtual,
        BenchFile = path,
        BenchCopy = copy,
        Probe = ProbeSelector.Any,
        Chip = bench.Target.Chip,
        I2cAdapters = [.. bench.I2c.Select(bus => new I2cAdapterDescription { Name = bus.Name, Device = bus.Name, ClockHz = bus.Frequency, SclPin = PinOf(bench, bus.Scl), SdaPin = PinOf(bench, bus.Sda), Devices = DevicesOf(bench, bus) })],
        Power = bench.Gpio.FirstOrDefault(line => line.Net == bench.Target.Relay) is { } relay
            ? new PowerDescription { Relay = relay.Name, ActiveHigh = bench.Target.RelayClosesHigh }
            : null,
        GpioLines = [.. bench.Gpio.Where(line => line.Net != bench.Target.Relay).Select(line => new GpioLineDescription { Name = line.Name, LegacyNumber = line.Sysfs, WiredTo = PinOf(bench, line.Net) })],
        SerialPorts = [.. bench.Serial.Select((port, index) => new SerialPortDescription { Name = index == 0 ? "console" : port.Name, Device = port.Name })],
    };

    private static IReadOnlyList<I2cDeviceDescription> DevicesOf(BenchDescription bench, BenchI2c bus) =>
    [
        .. PinOf(bench, bus.Sda) == "PB7" ? [new I2cDeviceDescription("expander", I2cDeviceDescription.ExpanderKind, new I2cAddress(ExpanderAddress))] : Array.Empty<I2cDeviceDescription>(),
        .. bus.Targets.Where(t => t.Address != ExpanderAddress).Select(t => new I2cDeviceDescription(t.Name, I2cDeviceDescription.OtherKind, new I2cAddress(t.Address))),
    ];

    private static string? PinOf(BenchDescription bench, string net) => bench.Nets.FirstOrDefault(n => n.Name == net)?.Pins is [var first, ..] ? first : null;
}
