using System.Runtime.InteropServices;
using FarmAgent.Hardware.Linux.Tests.Usb;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;
using FarmAgent.TestKit.Strangers;

[assembly: AssemblyFixture(typeof(LibUsbBench))]

namespace FarmAgent.Hardware.Linux.Tests.Usb;

/// <summary>
/// The seed's bench, whose ST-LINK libusb believes to be plugged into this machine: a replacement of the library, loaded under the real one's
/// name before anybody asks for it, forwards to the bench.
/// </summary>
public sealed class LibUsbBench : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("farm-libusb-");
    private VirtualBackend? _backend;
    private UsbSocketServer? _server;
    private string? _skipped;

    internal VirtualBench Bench { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        string library;
        try
        {
            library = Path.Combine(await ReplacementLibusb.FolderAsync(), "libusb-1.0.so.0");
        }
        catch (Exception e) when (e.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal))
        {
            // A fixture cannot skip: each test that asks for the bench does.
            _skipped = e.Message["$XunitDynamicSkip$".Length..];
            return;
        }

        NativeLibrary.Load(library);
        Bench = VirtualBench.Seed(BenchClockMode.Lockstep);
        _backend = Bench.OpenBackend();
        var socket = Path.Combine(_folder.FullName, "usb");
        _server = new UsbSocketServer(_backend.Usb, socket);

        // The runtime keeps an environment of its own; the library asks the C library's.
        Assert.Equal(0, SetEnvironment("LIBUSB_SHIM_SOCKET", socket, 1));
    }

    /// <summary>Skips where the replacement cannot be built.</summary>
    internal LibUsbBench Ready()
    {
        Assert.SkipWhen(_skipped is not null, _skipped ?? string.Empty);
        return this;
    }

    /// <summary>Pulls the probe out until disposal.</summary>
    internal IDisposable Unplug() => new UnpluggedProbe(Bench);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _backend?.Dispose();
        Bench?.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment(string name, string value, int overwrite);

    private sealed class UnpluggedProbe : IDisposable
    {
        private readonly VirtualBench _bench;

        public UnpluggedProbe(VirtualBench bench)
        {
            _bench = bench;
            bench.Faults.UnplugProbe();
        }

        public void Dispose() => _bench.Faults.ReplugProbe();
    }
}
