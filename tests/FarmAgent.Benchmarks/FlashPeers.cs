using FarmAgent.Flashing.Programming;
using FarmAgent.Simulation.Time;
using FarmAgent.TestKit.Processes;
using FarmAgent.TestKit.Strangers;
using Xunit.Sdk;

namespace FarmAgent.Benchmarks;

/// <summary>
/// Debian's programs on the same twin. OpenOCD runs in lockstep as ours does. st-flash measures its time-outs by the wall clock and sleeps
/// between its looks, so the bench has to follow the wall clock for it, and its figure also holds what this machine itself takes.
/// </summary>
internal sealed class FlashPeers(string folder, byte[] before)
{
    private const string FlashStart = "0x08000000";

    /// <summary>Costs of those that are installed.</summary>
    public async Task<IReadOnlyList<FlashCost>> RunAsync(byte[] image, params string[] tools)
    {
        string library;
        try
        {
            library = await ReplacementLibusb.FolderAsync();
        }
        catch (SkipException e)
        {
            Console.Error.WriteLine($"No peers: {e.Message}");
            return [];
        }

        var costs = new List<FlashCost>();
        foreach (var tool in tools)
        {
            if (!File.Exists($"/usr/bin/{tool}"))
            {
                Console.Error.WriteLine($"{tool} is not installed, so it is not measured (apt-get install stlink-tools openocd).");
                continue;
            }

            costs.Add(await RunAsync(library, tool, image));
        }

        return costs;
    }

    private async Task<FlashCost> RunAsync(string library, string tool, byte[] image)
    {
        var path = Path.Combine(folder, "image.bin");
        await File.WriteAllBytesAsync(path, image);
        using var bench = new FlashBenchOnTwin(tool == "st-flash" ? BenchClockMode.Realtime : BenchClockMode.Lockstep);
        bench.Flash(before, new FlashOptions());
        var socket = Path.Combine(folder, Path.GetRandomFileName());
        using (new UsbSocketServer(bench.Usb, socket))
        {
            bench.Restart();
            var result = await CommandResult.RunAsync(
                tool, Arguments(tool, path), new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = library, ["LIBUSB_SHIM_SOCKET"] = socket }, folder);
            if (result.ExitCode != 0)
            {
                throw new InvalidOperationException($"{tool}: {result}");
            }
        }

        return bench.RequireContent(image, tool);
    }

    private static string[] Arguments(string tool, string path) => tool == "st-flash"
        ? ["--freq=4000k", "write", path, FlashStart]
        : [
            "-f", "interface/stlink.cfg", "-c", "transport select hla_swd", "-f", "target/stm32f1x.cfg", "-c", "adapter speed 4000",
            "-c", "gdb_port disabled", "-c", "tcl_port disabled", "-c", "telnet_port disabled", "-c", $"program {path} {FlashStart} verify reset exit",
        ];
}
