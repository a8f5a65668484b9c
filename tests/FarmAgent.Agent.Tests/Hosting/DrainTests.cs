using FarmAgent.Agent.Tests.Runs;
using FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tests.Hosting;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_PolicyDrain_BeginsNothingNewAndLetsTheRunEnd()
    {
        using var gate = new ScratchFolder();
        var script = $"echo at work; while [ ! -e {gate.At("go")} ]; do sleep 0.02; done; {RunBench.Passing}";
        var bench = await RunBench.StartAsync(script, "shutdown:\n  policy: drain\n  limit: 60s");
        var run = await bench.StartAndLeaveAsync();

        var stopping = bench.Host.DisposeAsync().AsTask();
        var refused = await TestAgent.FailAsync(() => bench.RunAsync());
        await File.WriteAllTextAsync(gate.At("go"), "", TestAgent.Cancellation);
        await stopping;

        Assert.Equal("AGENT_STOPPING", refused.Reason);
        await using var again = await RunBench.StartAsync(script, scratch: await bench.LeaveAsync());
        var ended = await again.Client.Runs.GetRunAsync(new GetRunRequest { Name = run }, cancellationToken: TestAgent.Cancellation);
        Assert.Equal(Verdict.Pass, ended.Run.Verdict);
    }

    [Fact]
    public async Task Stop_PolicyDrainPastItsLimit_InterruptsTheRun()
    {
        var bench = await RunBench.StartAsync("echo at work; sleep 60", "  stop_grace: 100ms\nshutdown:\n  policy: drain\n  limit: 100ms");
        var run = await bench.StartAndLeaveAsync();

        var scratch = await bench.LeaveAsync();

        await using var again = await RunBench.StartAsync(RunBench.Passing, scratch: scratch);
        var ended = await again.Client.Runs.GetRunAsync(new GetRunRequest { Name = run }, cancellationToken: TestAgent.Cancellation);
        Assert.Equal((Verdict.Interrupted, "AGENT_STOPPING"), (ended.Run.Verdict, ended.Run.Reason));
    }
}
