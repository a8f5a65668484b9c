using System.Formats.Tar;
using System.Text;
using FarmAgent.Api;
using FarmAgent.Api.Connections;
using FarmAgent.Api.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tests.Runs;

/// <summary>Runs over the API of a whole agent; only the suite runner is a script.</summary>
public sealed class RunServiceTests
{
    private const string UntilTold = "trap 'echo teardown; exit 253' TERM; echo ready; while :; do sleep 0.05; done";

    [Fact]
    public async Task StartRun_PassesOnAFlashedBoard_IsAPassWithItsReceipt()
    {
        await using var bench = await RunBench.StartAsync($"echo hello; echo trouble >&2; {RunBench.Passing}");

        var (run, events) = await bench.RunAsync();

        Assert.Equal((Wire.Verdict.Pass, "", "receipts/f-1", true, 0), (run.Verdict, run.Reason, run.Receipt, run.Virtual, run.RobotExitCode));
        Assert.Equal((2, 0), (run.Passed, run.Failed));
        Assert.Equal("hello\n", string.Concat(events.Select(e => e.Console)));
        Assert.Equal("trouble\n", string.Concat(events.Select(e => e.ErrorOutput)));
        Assert.Equal(Enumerable.Range(1, events.Count).Select(i => (long)i), events.Select(e => e.Sequence));
    }

    [Fact]
    public async Task StartRun_PassesOnAnUnflashedBoard_IsAnErrorOfTheBench()
    {
        await using var bench = await RunBench.StartAsync(RunBench.Passing, flashed: false);

        var (run, _) = await bench.RunAsync();

        Assert.Equal((Wire.Verdict.Error, "BOARD_NOT_FLASHED", ""), (run.Verdict, run.Reason, run.Receipt));
    }

    [Fact]
    public async Task StartRun_TestsFail_IsAFail()
    {
        await using var bench = await RunBench.StartAsync("""echo '{"passed":1,"failed":3,"skipped":0,"vacuous":["a"]}' >"$FARM_REPORT_FILE"; exit 3""");

        var (run, _) = await bench.RunAsync();

        Assert.Equal((Wire.Verdict.Fail, "TESTS_FAILED", 3, 3), (run.Verdict, run.Reason, run.Failed, run.RobotExitCode));
        Assert.Equal(["a"], run.VacuousTests);
    }

    [Fact]
    public async Task StartRun_GreenWithoutAnyResult_IsAnErrorOfTheRunner()
    {
        await using var bench = await RunBench.StartAsync("exit 0");

        Assert.Equal("RUNNER_FAILED", (await bench.RunAsync()).Run.Reason);
    }

    [Fact]
    public async Task StartRun_ProbeUnplugged_StartsNoTest()
    {
        await using var bench = await RunBench.StartAsync($"echo started; {RunBench.Passing}");
        bench.Host.Core.Benches.Get("b1").Faults.UnplugProbe();

        var (run, events) = await bench.RunAsync();

        Assert.Equal((Wire.Verdict.Error, "PROBE_NOT_FOUND", "preflight"), (run.Verdict, run.Reason, run.Diagnoses[0].Evidence[0].Subject));
        Assert.DoesNotContain(events, e => e.Console.Length > 0);
    }

    [Fact]
    public async Task StartRun_Runner_GetsItsPlaceItsTokenAndItsArguments()
    {
        await using var bench = await RunBench.StartAsync($"""echo "$@"; pwd; stat -c %a "$FARM_TOKEN_FILE"; env | grep ^FARM_ | sort; {RunBench.Passing}""");

        var (run, events) = await bench.RunAsync(bench.Request("-v", "A:b c"));

        var lines = string.Concat(events.Select(e => e.Console)).Split('\n');
        var folder = bench.At($"state/{run.Name}");
        Assert.Equal($"robot -v A:b c --metadata bench:virtual --outputdir {folder}/output --xunit junit.xml {folder}/suite/expander.robot", lines[0]);
        Assert.Equal([$"{folder}/suite", "600", $"FARM_AGENT={bench.Host.Address}", "FARM_BOARD=boards/b1", $"FARM_LEASE={bench.Lease}"], lines[1..6]);
        Assert.False(File.Exists(Path.Combine(folder, "token")), "the token outlived its run");
    }

    [Fact]
    public async Task StartRun_TokenAfterTheRun_IsWorthNothing()
    {
        await using var bench = await RunBench.StartAsync($"cat \"$FARM_TOKEN_FILE\"; {RunBench.Passing}");
        var token = string.Concat((await bench.RunAsync()).Events.Select(e => e.Console));
        Assert.True(AgentAddress.TryParse(bench.Host.Address, out var address));
        using var client = new FarmClient(new FarmClientOptions { Address = address, Token = token });

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await client.Inventory.ListBoardsAsync(new Wire.ListBoardsRequest()));

        Assert.Equal("UNAUTHENTICATED", FarmError.From(refusal).Reason);
    }

    [Fact]
    public async Task StartRun_SameRequestId_AttachesToTheSameRun()
    {
        await using var bench = await RunBench.StartAsync($"echo x; {RunBench.Passing}");
        var request = bench.Request();
        request.RequestId = "once";

        var first = await bench.RunAsync(request);
        var second = await bench.RunAsync(request);

        Assert.Equal(first.Events, second.Events);
        Assert.Single((await bench.Client.Runs.ListRunsAsync(new Wire.ListRunsRequest())).Runs);
    }

    [Fact]
    public async Task StartRun_SameRequestIdForAnotherSuite_IsRefused()
    {
        await using var bench = await RunBench.StartAsync(RunBench.Passing);
        var request = bench.Request();
        request.RequestId = "once";
        await bench.RunAsync(request);
        request.Suite = await bench.UploadAsync("other.robot", "*** Tasks ***\n"u8.ToArray());

        Assert.Equal("REQUEST_ID_REUSED", await RefusalAsync(() => bench.RunAsync(request)));
    }

    [Fact]
    public async Task StartRun_SecondOnTheSameBoard_IsRefused()
    {
        await using var bench = await RunBench.StartAsync(UntilTold);
        await bench.StartAndLeaveAsync();

        Assert.Equal("BOARD_RUN_IN_PROGRESS", await RefusalAsync(() => bench.RunAsync()));
    }

    [Fact]
    public async Task StartRun_OptionForPlacesOfFiles_IsRefused()
    {
        await using var bench = await RunBench.StartAsync(RunBench.Passing);

        Assert.Equal("REQUEST_INVALID", await RefusalAsync(() => bench.RunAsync(bench.Request("-d", "/tmp"))));
    }

    [Fact]
    public async Task StartRun_EntryOfAnArchive_IsWhatRuns()
    {
        await using var bench = await RunBench.StartAsync($"echo \"$@\"; {RunBench.Passing}");
        var request = bench.Request();
        request.Suite = await bench.UploadAsync("bench.tar", Tar("tests/a.robot", "b.robot"));
        request.Entry = "tests/a.robot";

        var (run, events) = await bench.RunAsync(request);

        Assert.EndsWith($"{run.Name}/suite/bench/tests/a.robot\n", events[1].Console, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartRun_EntryThatIsNotThere_IsRefusedAndLeavesNothing()
    {
        await using var bench = await RunBench.StartAsync(RunBench.Passing);
        var request = bench.Request();
        request.Entry = "none.robot";

        Assert.Equal("SUITE_ENTRY_UNKNOWN", await RefusalAsync(() => bench.RunAsync(request)));
        Assert.Empty(Directory.GetFileSystemEntries(bench.At("state/runs")));
    }

    [Fact]
    public async Task WatchRun_FromANumberWhileItRuns_GivesTheRest()
    {
        await using var bench = await RunBench.StartAsync($"echo one; while [ ! -e \"$TMPDIR/../../../../go\" ]; do sleep 0.02; done; echo two; {RunBench.Passing}");
        var name = await bench.StartAndLeaveAsync();
        var watchers = new[] { bench.WatchAsync(name, 2), bench.WatchAsync(name, 2), bench.WatchAsync(name) };
        File.WriteAllText(bench.At("go"), "");

        var seen = await Task.WhenAll(watchers);

        Assert.Equal("one\ntwo\n", string.Concat(seen[0].Select(e => e.Console)));
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[0], seen[2].Skip(1));
        Assert.Equal(Wire.Verdict.Pass, seen[0][^1].Ended.Verdict);
    }

    [Fact]
    public async Task CancelRun_WellBehavedRunner_RunsItsTeardowns()
    {
        await using var bench = await RunBench.StartAsync(UntilTold);
        var name = await bench.StartAndLeaveAsync();

        var run = (await bench.Client.Runs.CancelRunAsync(new Wire.CancelRunRequest { Name = name })).Run;

        Assert.Equal((Wire.Verdict.Interrupted, "RUN_CANCELLED", 253), (run.Verdict, run.Reason, run.RobotExitCode));
        Assert.EndsWith("teardown\n", string.Concat((await bench.WatchAsync(name)).Select(e => e.Console)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancelRun_DeafRunner_IsKilledAfterTheGrace()
    {
        await using var bench = await RunBench.StartAsync("trap '' TERM; echo ready; while :; do sleep 0.05; done", "  stop_grace: 100ms");
        var name = await bench.StartAndLeaveAsync();

        var run = (await bench.Client.Runs.CancelRunAsync(new Wire.CancelRunRequest { Name = name })).Run;

        Assert.Equal((Wire.Verdict.Interrupted, "RUN_CANCELLED", -1), (run.Verdict, run.Reason, run.RobotExitCode));
    }

    [Fact]
    public async Task StartRun_LongerThanItMayTake_IsInterrupted()
    {
        await using var bench = await RunBench.StartAsync(UntilTold, "  time_limit: 300ms");

        var (run, _) = await bench.RunAsync();

        Assert.Equal((Wire.Verdict.Interrupted, "RUN_TIMEOUT"), (run.Verdict, run.Reason));
    }

    [Fact]
    public async Task StartRun_LeaseGivenBackMeanwhile_IsInterrupted()
    {
        await using var bench = await RunBench.StartAsync(UntilTold);
        var name = await bench.StartAndLeaveAsync();
        await bench.Client.Leases.ReleaseLeaseAsync(new Wire.ReleaseLeaseRequest { Name = bench.Lease });

        var run = (await bench.WatchAsync(name))[^1].Ended;

        Assert.Equal((Wire.Verdict.Interrupted, "LEASE_LOST"), (run.Verdict, run.Reason));
    }

    [Fact]
    public async Task ListArtifacts_AfterTheRun_ServesItsFilesAlone()
    {
        await using var bench = await RunBench.StartAsync(
            $"""cd "$TMPDIR/../output"; mkdir shots; echo png >shots/1.png; ln -s /etc/passwd stolen; {RunBench.Passing}""");
        var (run, _) = await bench.RunAsync();

        var files = (await bench.Client.Runs.ListArtifactsAsync(new Wire.ListArtifactsRequest { Run = run.Name })).Artifacts;

        Assert.Contains("shots/1.png", files.Select(f => f.Path));
        Assert.DoesNotContain("stolen", files.Select(f => f.Path));
        Assert.Equal("png\n", await bench.FetchAsync(run.Name, "shots/1.png"));
        Assert.Equal("ARTIFACT_UNKNOWN", await RefusalAsync(() => bench.FetchAsync(run.Name, "stolen")));
    }

    [Fact]
    public async Task GetRun_AfterTheAgentWasKilled_IsInterruptedWithAllItHad()
    {
        var open = new Wire.Run { Name = "runs/r-00112233445566aa", Board = "boards/b1", State = Wire.RunState.Running, StartTime = DateTimeOffset.UnixEpoch.ToTimestamp() };
        var bench = await RunBench.StartAsync(RunBench.Passing);
        await bench.Host.Core.RunRecords.SaveAsync(open, "uid:0", TestContext.Current.CancellationToken);
        var scratch = await bench.LeaveAsync();
        scratch.Write("state/runs/r-00112233445566aa/token", "secret");
        scratch.Write("state/runs/r-00112233445566aa/output/output.xml", "<robot><suite><test name=\"T\"><status status=\"PASS\"/></test><test name=\"U");

        await using var again = await RunBench.StartAsync(RunBench.Passing, scratch: scratch);
        var run = (await again.Client.Runs.GetRunAsync(new Wire.GetRunRequest { Name = open.Name })).Run;

        Assert.Equal((Wire.RunState.Ended, Wire.Verdict.Interrupted, "AGENT_RESTARTED", 1), (run.State, run.Verdict, run.Reason, run.Passed));
        Assert.Equal(run, (await again.WatchAsync(open.Name))[^1].Ended);
        Assert.False(File.Exists(scratch.At("state/runs/r-00112233445566aa/token")), "the token outlived its run");
    }

    [Fact]
    public async Task Dispose_RunAtWork_InterruptsItAndKeepsItsRecord()
    {
        var bench = await RunBench.StartAsync(UntilTold);
        var name = await bench.StartAndLeaveAsync();

        await using var again = await RunBench.StartAsync(RunBench.Passing, scratch: await bench.LeaveAsync());
        var run = (await again.Client.Runs.GetRunAsync(new Wire.GetRunRequest { Name = name })).Run;

        Assert.Equal((Wire.Verdict.Interrupted, "AGENT_STOPPING"), (run.Verdict, run.Reason));
    }

    [Fact]
    public async Task GetRun_NoSuchRun_IsUnknown()
    {
        await using var bench = await RunBench.StartAsync(RunBench.Passing);

        Assert.Equal("RUN_UNKNOWN", await RefusalAsync(async () => await bench.Client.Runs.GetRunAsync(new Wire.GetRunRequest { Name = "runs/../../etc" })));
    }

    private static async Task<string> RefusalAsync(Func<Task> call) => FarmError.From(await Assert.ThrowsAsync<RpcException>(call)).Reason;

    private static byte[] Tar(params string[] names)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var name in names)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(name)) });
            }
        }

        return bytes.ToArray();
    }
}
