using System.Net;
using System.Net.Sockets;
using FarmAgent.Simulation.Time;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>
/// Debian's gdb-multiarch through Debian's OpenOCD and st-util. The bench runs in realtime: between two of the server's polls the target has to go on by itself.
/// </summary>
public sealed class GdbTests
{
    private static readonly string Elf = RepositoryFiles.At("tests/dut-firmware/bin/expander.elf");

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task Session_LoadBreakContinueStep_FollowsTheFirmware(string transport)
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime);

        var result = await DebugAsync(bench, transport,
            "load",
            "compare-sections",
            "monitor reset halt",
            "hbreak *main",
            "continue",
            "printf \"at-main=%d\\n\", $pc == (unsigned)main",
            "stepi",
            "printf \"stepped=%d\\n\", $pc != (unsigned)main && $pc <= (unsigned)main + 4",
            "info registers pc sp xpsr",
            "set $r7 = 0x1234abcd",
            "printf \"r7=%x\\n\", $r7",
            "monitor reset run",
            "detach");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.True(result.Output.Contains("Transfer rate", StringComparison.Ordinal), result.ToString());
        Assert.DoesNotContain("MIS-MATCHED", result.Output, StringComparison.Ordinal);
        Assert.True(result.Output.Contains("at-main=1", StringComparison.Ordinal), result.ToString());
        Assert.True(result.Output.Contains("stepped=1", StringComparison.Ordinal), result.ToString());
        Assert.True(result.Output.Contains("r7=1234abcd", StringComparison.Ordinal), result.ToString());
        Assert.Equal([0xBE, 0xEF], bench.Magic());
    }

    [Fact]
    public async Task Watch_OfTheTickCounter_StopsTheInterruptThatCounts()
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime);

        // OpenOCD 0.12 names the watchpoint to gdb for its own debug port driver only; by high-level commands gdb hears of a plain trap.
        var result = await DebugAsync(bench, OpenOcd.Direct,
            "load",
            "monitor reset halt",
            "hbreak *main",
            "continue",
            "delete",
            "watch -location *(unsigned *)&'ticks.0'",
            "continue",
            "printf \"exception=%d\\n\", $xPSR & 0x1ff");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.True(result.Output.Contains("Hardware watchpoint 2", StringComparison.Ordinal), result.ToString());
        Assert.True(result.Output.Contains("New value = 1\n", StringComparison.Ordinal), result.ToString());
        Assert.True(result.Output.Contains("exception=15\n", StringComparison.Ordinal), result.ToString());
    }

    [Fact]
    public async Task Session_ThroughStUtil_LoadsBreaksStepsAndWatches()
    {
        using var bench = await StrangersBench.StartAsync(BenchClockMode.Realtime);
        var port = FreePort();
        using var server = bench.Start(RequiredTool.Find("st-util", "stlink-tools"), "-p", $"{port}", "--verbose=0");
        try
        {
            // gdb itself tries for 15 s until the server listens.
            var result = await GdbAsync(bench,
                $"target extended-remote :{port}",
                "load",
                "compare-sections",
                "hbreak *main",
                "continue",
                "stepi",
                "printf \"stepped=%d\\n\", $pc == (unsigned)main + 2",
                "delete",
                "watch *(unsigned *)&'ticks.0'",
                "continue",
                "printf \"watched=%d exception=%d\\n\", *(unsigned *)&'ticks.0', $xpsr & 0x1ff",
                "delete",
                "monitor reset");

            Assert.True(result.ExitCode == 0, result.ToString());
            Assert.True(result.Output.Contains("Breakpoint 1, 0x08000958 in main ()", StringComparison.Ordinal), result.ToString());
            Assert.False(result.Output.Contains("MIS-MATCHED", StringComparison.Ordinal), result.ToString());
            Assert.True(result.Output.Contains("stepped=1", StringComparison.Ordinal), result.ToString());
            Assert.True(result.Output.Contains("watched=1 exception=15", StringComparison.Ordinal), result.ToString());
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task<CommandResult> DebugAsync(StrangersBench bench, string transport, params string[] commands)
    {
        var configuration = string.Join(' ', OpenOcd.Configuration(transport).Select(a => $"'{a}'"));
        return GdbAsync(bench, [$"target extended-remote | {OpenOcd.Find()} {configuration} -c 'gdb_port pipe' -c 'log_output openocd.log'", .. commands]);
    }

    private static Task<CommandResult> GdbAsync(StrangersBench bench, params string[] commands)
    {
        string[] session = ["set confirm off", "set pagination off", .. commands];
        return bench.RunAsync(RequiredTool.Find("gdb-multiarch", "gdb-multiarch"), ["-nx", "-batch", Elf, .. session.SelectMany(c => new[] { "-ex", c })]);
    }
}
