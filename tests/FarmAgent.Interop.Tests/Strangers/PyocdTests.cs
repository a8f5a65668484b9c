using FarmAgent.Simulation.Time;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>
/// Debian's pyOCD 0.13 against the virtual bench, unmodified: it walks the ROM table, reads and writes memory by the access port given in each
/// command, and drives core registers by memory. It knows no medium density F103; its larger brother differs by the page only. Its own check
/// of versions refuses every V3.
/// </summary>
public sealed class PyocdTests
{
    [Theory]
    [InlineData("V2J37S7")]
    [InlineData("V2J37M27")]
    public async Task Status_WalksTheRomTableAndNamesTheCore(string firmware)
    {
        using var bench = await StartAsync(firmware);

        var result = await RunAsync(bench, "pyocd-tool", "-d", "info", "-t", "cortex_m", "status");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("AP#0 ROM table #0 @ 0xe00ff000 (designer=020 part=410)", result.Errors, StringComparison.Ordinal);
        Assert.Contains("<e0001000:DWT class=14 designer=43b part=002>", result.Errors, StringComparison.Ordinal);
        Assert.Contains("CPU core is Cortex-M3 r1p1", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("V2J24S4")]
    [InlineData("V2J37S7")]
    [InlineData("V2J37M27")]
    public async Task Flash_OnABlankChip_LeavesTheImageRunning(string firmware)
    {
        using var bench = await StartAsync(firmware);

        var result = await RunAsync(bench, "pyocd-flashtool", "-hp", "-t", "stm32f103rc", "-ce", StrangersBench.Expander);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal([0xBE, 0xEF], bench.Magic());
    }

    private static Task<StrangersBench> StartAsync(string firmware) =>
        StrangersBench.StartAsync(BenchClockMode.Realtime, d => d with { Probe = d.Probe with { Firmware = firmware } });

    private static Task<CommandResult> RunAsync(StrangersBench bench, string program, params string[] arguments) =>
        bench.RunAsync(RequiredTool.Find(program, "python3-pyocd"), arguments);
}
