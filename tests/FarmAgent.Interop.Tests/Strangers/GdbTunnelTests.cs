using FarmAgent.Interop.Tests.Scenarios;
using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Interop.Tests.Strangers;

/// <summary>Debian's gdb-multiarch, unmodified, at a leased board's chip through <c>farmctl tunnel gdb</c>.</summary>
public sealed class GdbTunnelTests : BoardScenario
{
    [Fact]
    public async Task Session_LoadBreakStepWatchPrint_FollowsTheFirmwareAndHasAReceipt()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "gdb");

        var result = await GdbAsync(tunnel, "extended-remote",
            "load",
            "compare-sections",
            "monitor reset halt",
            "hbreak *main",
            "continue",
            "printf \"at-main=%d\\n\", $pc == (unsigned)main",
            "stepi",
            "printf \"stepped=%d\\n\", $pc == (unsigned)main + 2",
            "delete",
            "break systick_handler",
            "continue",
            "printf \"exception=%d control=%d\\n\", $xpsr & 0x1ff, $control",
            "backtrace 2",
            "delete",
            "watch -location *(unsigned *)&'ticks.0'",
            "continue",
            "printf \"ticks=%u\\n\", *(unsigned *)&'ticks.0'",
            "delete",
            "finish",
            "info registers",
            "x/1xw 0xE0042000",
            "x/1xh 0x40010c00",
            "set var $r7 = 0x1234abcd",
            "printf \"r7=%x\\n\", $r7",
            "detach");

        Assert.True(result.ExitCode == 0, Evidence(result, tunnel));
        Assert.DoesNotContain("MIS-MATCHED", result.Output, StringComparison.Ordinal);
        AssertSays(result, "Section .text, range 0x8000110 -- 0x8000c40: matched.", "at-main=1", "stepped=1", "exception=15 control=0", "<signal handler called>");
        AssertSays(result, "New value = 1", "ticks=1", "faultmask      0x0", "0x20036410", "r7=1234abcd", "detached");
        var boards = (await DoAsync("-o", "json", "boards")).Output;
        Assert.Contains("gdb-load.hex", boards, StringComparison.Ordinal);
        await DoAsync("--lease", lease.Name, "bench", "advance", "100ms");
        Assert.StartsWith("0xBE 0xEF at 0x08", (await DoAsync("--lease", lease.Name, "expander", "probe")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_InterruptWriteDetachReconnect_EndsWithTheFirmwareRunning()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await DoAsync("--lease", lease.Name, "flash", Expander);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "gdb");

        var first = await GdbAsync(tunnel, "remote",
            "shell (sleep 1; kill -INT $PPID) &",
            "continue",
            "set var *(unsigned *)0x20004000 = 0xcafe1234",
            "print/x *(unsigned short *)0x20004002",
            "monitor reset halt",
            "maintenance flush register-cache",
            "printf \"reset=%d\\n\", $pc == ((unsigned)reset_handler & ~1)",
            "detach");
        var second = await GdbAsync(tunnel, "extended-remote",
            "printf \"kept=%x\\n\", *(unsigned *)0x20004000",
            "starti",
            "printf \"restarted=%d\\n\", $pc == ((unsigned)reset_handler & ~1)",
            "kill");

        Assert.True(first.ExitCode == 0, Evidence(first, tunnel));
        Assert.True(second.ExitCode == 0, Evidence(second, tunnel));
        AssertSays(first, "Program received signal SIGINT", "$1 = 0xcafe", "reset=1");
        AssertSays(second, "kept=cafe1234", "restarted=1");
        await DoAsync("--lease", lease.Name, "bench", "advance", "100ms");
        Assert.StartsWith("0xBE 0xEF at 0x08", (await DoAsync("--lease", lease.Name, "expander", "probe")).Output, StringComparison.Ordinal);
        Assert.Contains("memory was written by farmctl tunnel gdb", (await DoAsync("-o", "json", "boards")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_OfTheFirmware_IsSigillWithItsCause()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await DoAsync("--lease", lease.Name, "flash", Expander);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "gdb");

        var result = await GdbAsync(tunnel, "extended-remote", "set var *(unsigned short *)0x20004000 = 0xde00", "jump *0x20004000", "monitor faults");

        AssertSays(result, "Program received signal SIGILL", "undefined instruction, escalated to a hard fault (CFSR 0x00010000");
    }

    [Fact]
    public async Task Attached_SecondGdbAndFarmctl_AreRefusedWithTheReason()
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "gdb");
        var command = $"shell gdb-multiarch -nx -batch -ex 'target remote 127.0.0.1:{tunnel.Port}' > {Results}/second 2>&1 < /dev/null";
        var farmctl = $"shell {Agent.Programs.Farmctl} --agent {Agent.Address} --board b1 --lease {lease.Name} mem read 0x08000000 4 > {Results}/farmctl 2>&1";

        var result = await GdbAsync(tunnel, "extended-remote", command, farmctl, "detach");

        Assert.True(result.ExitCode == 0, Evidence(result, tunnel));
        Assert.Contains("E.PROBE_IN_USE: Another gdb is connected", await File.ReadAllTextAsync($"{Results}/second", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(
            "PROBE_IN_USE: The probe of board b1 has been attached to farmctl tunnel gdb since",
            await File.ReadAllTextAsync($"{Results}/farmctl", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("continue", "LEASE_LOST: The lease of board b1")]
    [InlineData("info registers psp", "remote failure reply 'E.LEASE_LOST: ")]
    public async Task Lease_ReleasedMidSession_TellsGdbAndEndsTheTunnelWithFour(string command, string expected)
    {
        await using var lease = await HeldLease.TakeAsync(Agent);
        await DoAsync("--lease", lease.Name, "flash", Expander);
        await using var tunnel = await TunnelProcess.StartAsync(Agent, lease.Name, "gdb");
        var release = $"{Agent.Programs.Farmctl} --agent {Agent.Address} --board b1 lease release {lease.Name}";
        var runs = command == "continue";

        var result = await GdbAsync(tunnel, "extended-remote", runs ? $"shell (sleep 0.3; {release}) > /dev/null 2>&1 &" : $"shell {release}; sleep 0.5", "maintenance flush register-cache", command);

        Assert.Contains(expected, result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Equal(4, await tunnel.WaitForExitAsync());
        Assert.Contains("LEASE_LOST", tunnel.Errors, StringComparison.Ordinal);
    }

    private static string Evidence(CommandResult result, TunnelProcess tunnel) => $"{result}\n--- tunnel\n{tunnel.Errors}";

    private static void AssertSays(CommandResult result, params string[] texts) =>
        Assert.All(texts, text => Assert.True((result.Output + result.Errors).Contains(text, StringComparison.Ordinal), $"'{text}' is missing in {result}"));

    private static Task<CommandResult> GdbAsync(TunnelProcess tunnel, string target, params string[] commands)
    {
        // A machine that builds and tests at once may take its time.
        string[] session = ["set confirm off", "set pagination off", "set remotetimeout 30", $"target {target} 127.0.0.1:{tunnel.Port}", .. commands];
        return CommandResult.RunAsync(RequiredTool.Find("gdb-multiarch", "gdb-multiarch"), ["-nx", "-batch", Expander, .. session.SelectMany(c => new[] { "-ex", c })]);
    }
}
