using System.Diagnostics;
using System.Text;
using FarmAgent.Agent.Runs;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class RunnerProcessTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ScratchFolder _scratch = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task RunAsync_Ends_GivesOutputsAndExitCode()
    {
        var exit = await RunAsync("echo größer; echo warn >&2; exit 7");

        Assert.Equal((7, "größer\n", "warn\n"), (exit, _output.ToString(), _error.ToString()));
    }

    [Fact]
    public async Task RunAsync_Environment_HoldsNothingOfTheAgents()
    {
        Environment.SetEnvironmentVariable("FARM_TEST_SECRET", "secret");

        await RunAsync("env");

        Assert.DoesNotContain("FARM_TEST_SECRET", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("FARM_BOARD=boards/b1\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Stopped_LetsTeardownsRun()
    {
        var exit = await RunUntilReadyThenStopAsync("trap 'echo teardown; exit 253' TERM; echo ready; while :; do sleep 0.05; done", Patience);

        Assert.Equal((253, "ready\nteardown\n"), (exit, _output.ToString()));
    }

    [Fact]
    public async Task RunAsync_StoppedButDeaf_IsKilledAfterTheGrace()
    {
        var exit = await RunUntilReadyThenStopAsync("trap '' TERM; echo ready; while :; do sleep 0.05; done", TimeSpan.FromMilliseconds(100));

        Assert.Null(exit);
    }

    [Fact]
    public async Task RunAsync_LeavesAChildBehind_TheChildEndsToo()
    {
        // The child holds the output open: without its end the run would hang.
        var exit = await RunAsync("sleep 300 & echo $!; exit 0");

        Assert.Equal(0, exit);
        Assert.True(await HasEndedAsync(_output.ToString().Trim()), "the child lives on");
    }

    [Fact]
    public async Task RunAsync_OutputCannotBeKept_EndsTheRunnerAndSaysWhy()
    {
        using var process = Start("echo x; while :; do sleep 0.05; done");

        await Assert.ThrowsAsync<IOException>(() =>
            process.RunAsync(_ => throw new IOException("No space left on device"), _ => { }, Patience, TestContext.Current.CancellationToken).WaitAsync(Limit));
    }

    [Fact]
    public async Task RunAsync_NotExecutable_EndsWithAnExitCode()
    {
        var program = _scratch.Write("plain.txt", "x");
        using var process = RunnerProcess.Start(new RunnerStart(program, [], _scratch.Path, new Dictionary<string, string>()), TimeProvider.System);

        var exit = await process.RunAsync(_ => { }, text => _error.Append(text), Patience, TestContext.Current.CancellationToken).WaitAsync(Limit);

        Assert.Equal(126, exit);
    }

    // Killed is not yet gone; a child that nobody waits for stays as a zombie.
    private static async Task<bool> HasEndedAsync(string id)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Limit; await Task.Delay(5))
        {
            if (!Directory.Exists($"/proc/{id}") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private RunnerProcess Start(string script) => RunnerProcess.Start(
        new RunnerStart(_scratch.Script(script), ["robot"], _scratch.Path, new Dictionary<string, string> { ["FARM_BOARD"] = "boards/b1" }), TimeProvider.System);

    private async Task<int?> RunAsync(string script)
    {
        using var process = Start(script);
        return await process.RunAsync(Take, text => _error.Append(text), Patience, TestContext.Current.CancellationToken).WaitAsync(Limit);
    }

    private async Task<int?> RunUntilReadyThenStopAsync(string script, TimeSpan grace)
    {
        using var process = Start(script);
        using var stop = new CancellationTokenSource();
        var running = process.RunAsync(Take, text => _error.Append(text), grace, stop.Token);
        await _ready.Task.WaitAsync(Limit);
        await stop.CancelAsync();
        return await running.WaitAsync(Limit);
    }

    private void Take(string text)
    {
        _output.Append(text);
        if (_output.ToString().Contains("ready", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
