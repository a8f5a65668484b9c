using FarmAgent.Hardware.I2c;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;
using FarmAgent.TestKit.Strangers;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>
/// The seed's virtual bench with its ST-LINK offered to programs that nobody here wrote. They find it through a replacement libusb, and
/// believe that it is plugged into this machine.
/// </summary>
internal sealed class StrangersBench : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("farm-strangers-");
    private readonly UsbSocketServer _server;
    private readonly VirtualBackend _backend;
    private readonly Dictionary<string, string> _environment;

    private StrangersBench(string library, BenchDescription description)
    {
        Bench = new VirtualBench(description);
        _backend = Bench.OpenBackend();
        var socket = Path.Combine(_folder.FullName, "usb");
        _server = new UsbSocketServer(_backend.Usb, socket);
        _environment = new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = library, ["LIBUSB_SHIM_SOCKET"] = socket };
    }

    public VirtualBench Bench { get; }

    public static string Expander => RepositoryFiles.At("tests/dut-firmware/bin/expander.bin");

    public static string Blinky => RepositoryFiles.At("tests/dut-firmware/bin/blinky.bin");

    /// <summary>Powers a bench with an empty chip.</summary>
    /// <param name="clock">Lockstep, or realtime for a program that lets the target run while it waits itself.</param>
    /// <param name="change">What differs from the seed's bench; null for nothing.</param>
    public static async Task<StrangersBench> StartAsync(BenchClockMode clock = BenchClockMode.Lockstep, Func<BenchDescription, BenchDescription>? change = null)
    {
        var seed = BenchFile.Seed() with { Clock = clock };
        return new StrangersBench(await ReplacementLibusb.FolderAsync(), change is null ? seed : change(seed));
    }

    /// <summary>Path of a file of the test's own.</summary>
    public string FileAt(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Runs a program to its end with the bench's probe on its USB.</summary>
    public Task<CommandResult> RunAsync(string program, params string[] arguments) =>
        CommandResult.RunAsync(program, arguments, _environment, _folder.FullName);

    /// <summary>Starts a program that stays.</summary>
    public System.Diagnostics.Process Start(string program, params string[] arguments) =>
        CommandResult.Start(program, arguments, _environment, _folder.FullName);

    /// <summary>The expander's two magic registers, asked as the bench's host does it; null without an acknowledge.</summary>
    public byte[]? Magic()
    {
        Bench.Advance(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        using var bus = _backend.OpenI2c("i2c0");
        var magic = new byte[2];
        return bus.Transfer(new I2cAddress(8), [0], magic, TimeSpan.FromSeconds(1)).IsOk ? magic : null;
    }

    public void Dispose()
    {
        _server.Dispose();
        _backend.Dispose();
        Bench.Dispose();
        _folder.Delete(recursive: true);
    }
}
