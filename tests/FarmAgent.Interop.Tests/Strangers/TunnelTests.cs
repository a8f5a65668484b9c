using System.Diagnostics;
using FarmAgent.Interop.Tests.Scenarios;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>Debian's OpenOCD, unmodified, at a leased board's ST-LINK through <c>farmctl tunnel stlink</c>.</summary>
public sealed class TunnelTests : BoardScenario
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task Program_ThroughTheTunnel_LeavesTheImageRunningWithoutAReceipt(string transport)
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await DoAsync("--lease", lease.Name, "flash", Blinky);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name);

        var result = await OpenOcdAsync(transport, tunnel.Port, $"program {Expander} verify reset exit");

        Assert.True(result.ExitCode == 0, $"{result}\n--- tunnel\n{tunnel.Errors}\n--- agent\n{Agent.Log}");
        Assert.Contains("** Verified OK **", result.Errors, StringComparison.Ordinal);
        await DoAsync("--lease", lease.Name, "bench", "advance", "100ms");
        Assert.StartsWith("0xBE 0xEF at 0x08", (await DoAsync("--lease", lease.Name, "expander", "probe")).Output, StringComparison.Ordinal);
        Assert.Contains("farmctl tunnel stlink was attached", (await DoAsync("-o", "json", "boards")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpenOcd.HighLevel)]
    [InlineData(OpenOcd.Direct)]
    public async Task VerifyImage_OfAnotherFile_ExitsWithOne(string transport)
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await DoAsync("--lease", lease.Name, "flash", Expander);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name);

        var right = await OpenOcdAsync(transport, tunnel.Port, "init", "reset halt", $"verify_image {Expander}", "shutdown");
        var wrong = await OpenOcdAsync(transport, tunnel.Port, "init", "reset halt", $"verify_image {Blinky}", "shutdown");

        Assert.True(right.ExitCode == 0, right.ToString());
        Assert.True(wrong.ExitCode == 1, wrong.ToString());
    }

    [Fact]
    public async Task Lease_Released_CutsTheToolOffAndEndsTheTunnelWithFour()
    {
        var lease = await HeldLease.TakeAsync(Agent);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name);
        using var tool = CommandResult.Start(OpenOcd.Find(), Arguments(OpenOcd.Direct, tunnel.Port, "init", "echo ready"));
        await ReadUntilAsync(tool, "ready");
        var refused = await Agent.FarmctlAsync("--lease", lease.Name, "flash", Expander);

        await lease.DisposeAsync();

        Assert.Equal(4, await tunnel.WaitForExitAsync());
        Assert.Contains("LEASE_LOST", tunnel.Errors, StringComparison.Ordinal);
        Assert.True(refused.ExitCode == 3 && refused.Errors.Contains("PROBE_IN_USE", StringComparison.Ordinal), refused.ToString());
        await DoAsync("flash", Expander);
        tool.Kill();
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static Task<CommandResult> OpenOcdAsync(string transport, int port, params string[] commands) =>
        CommandResult.RunAsync(OpenOcd.Find(), Arguments(transport, port, commands));

    private static string[] Arguments(string transport, int port, params string[] commands)
    {
        var backend = transport == OpenOcd.Direct ? "st-link backend" : "hla_stlink_backend";
        var configuration = OpenOcd.Configuration(transport);
        return
        [
            .. configuration.Take(2), "-c", $"{backend} tcp {port}", .. configuration.Skip(2), "-c", "gdb_port disabled",
            .. commands.SelectMany(c => new[] { "-c", c }),
        ];
    }

    private static async Task ReadUntilAsync(Process process, string line)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (await process.StandardError.ReadLineAsync(limit.Token) is { } read)
        {
            if (read.Trim() == line)
            {
                return;
            }
        }

        Assert.Fail($"The tool ended before it said '{line}'.");
    }
}
