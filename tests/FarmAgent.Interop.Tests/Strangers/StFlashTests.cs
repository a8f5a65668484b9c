using FarmAgent.Simulation.Time;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>
/// Debian's stlink-tools against the virtual bench, unmodified. The bench runs in realtime, because st-flash gives its flash loader half a second
/// of wall time per kilobyte and sleeps between its looks at it.
/// </summary>
public sealed class StFlashTests
{
    private const string FlashStart = "0x08000000";

    [Fact]
    public async Task StInfoProbe_SeedBench_NamesProbeAndChip()
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime);

        var result = await bench.RunAsync(RequiredTool.Find("st-info", "stlink-tools"), "--probe");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Found 1 stlink programmers", result.Output, StringComparison.Ordinal);
        Assert.Contains("V2J37S7", result.Output, StringComparison.Ordinal);
        Assert.Contains(bench.Bench.Description.Probe.Serial, result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("flash:      65536 (pagesize: 1024)", result.Output, StringComparison.Ordinal);
        Assert.Contains("sram:       20480", result.Output, StringComparison.Ordinal);
        Assert.Contains("chipid:     0x0410", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WithReset_LeavesTheImageRunning()
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime);

        var result = await StFlashAsync(bench, "--reset", "write", StrangersBench.Expander, FlashStart);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Flash written and verified! jolly good!", result.Errors, StringComparison.Ordinal);
        Assert.Equal([0xBE, 0xEF], bench.Magic());
    }

    [Fact]
    public async Task Write_ConnectUnderReset_LeavesTheImageRunning()
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime);

        var result = await StFlashAsync(bench, "--connect-under-reset", "--reset", "write", StrangersBench.Expander, FlashStart);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal([0xBE, 0xEF], bench.Magic());
    }

    [Fact]
    public async Task Read_AfterWrite_GivesTheImageAndErasedFlash()
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime);
        var image = await File.ReadAllBytesAsync(StrangersBench.Expander, TestContext.Current.CancellationToken);
        await ExpectSuccessAsync(bench, "write", StrangersBench.Expander, FlashStart);

        await ExpectSuccessAsync(bench, "read", bench.FileAt("read.bin"), FlashStart, "0x10000");

        var read = await File.ReadAllBytesAsync(bench.FileAt("read.bin"), TestContext.Current.CancellationToken);
        Assert.Equal([.. image, .. Enumerable.Repeat((byte)0xFF, 0x10000 - image.Length)], read);
    }

    [Fact]
    public async Task Write_OverAnotherImage_ReplacesIt()
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime);
        await ExpectSuccessAsync(bench, "--reset", "write", StrangersBench.Expander, FlashStart);
        Assert.Equal([0xBE, 0xEF], bench.Magic());

        await ExpectSuccessAsync(bench, "--reset", "write", StrangersBench.Blinky, FlashStart);

        Assert.Null(bench.Magic());
    }

    [Fact]
    public async Task Erase_AfterWrite_LeavesNothing()
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime);
        await ExpectSuccessAsync(bench, "write", StrangersBench.Expander, FlashStart);

        await ExpectSuccessAsync(bench, "erase");

        await ExpectSuccessAsync(bench, "read", bench.FileAt("read.bin"), FlashStart, "0x10000");
        var read = await File.ReadAllBytesAsync(bench.FileAt("read.bin"), TestContext.Current.CancellationToken);
        Assert.Equal(0x10000, read.Length);
        Assert.All(read, b => Assert.Equal(0xFF, b));
    }

    private static async Task ExpectSuccessAsync(StrangersBench bench, params string[] arguments)
    {
        var result = await StFlashAsync(bench, arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private static Task<CommandResult> StFlashAsync(StrangersBench bench, params string[] arguments) =>
        bench.RunAsync(RequiredTool.Find("st-flash", "stlink-tools"), arguments);
}
