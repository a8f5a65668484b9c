using FarmAgent.Boards.Executors;
using FarmAgent.TestKit.Time;

namespace FarmAgent.Boards.Tests.Executors;

public sealed class DeviceExecutorTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly FakeTime _time = new();
    private readonly DeviceExecutor _executor;
    private readonly (BoardFence Fence, LeaseToken Token) _lease = Fences.Open();
    private readonly ManualResetEventSlim _release = new();

    public DeviceExecutorTests() => _executor = new DeviceExecutor("i2c0", _time, new ExecutorOptions { QueueLength = 2 });

    public void Dispose()
    {
        _release.Set();
        _executor.Dispose();
    }

    [Fact]
    public async Task Run_Job_GivesItsResult() => Assert.Equal(42, await RunAsync(_ => 42));

    [Fact]
    public async Task Run_Jobs_ShareOneThreadOfTheirOwn()
    {
        var first = await RunAsync(_ => Environment.CurrentManagedThreadId);
        var second = await RunAsync(_ => Environment.CurrentManagedThreadId);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Run_JobThrows_CallerGetsTheException()
    {
        var error = await Assert.ThrowsAsync<BoardException>(() => RunAsync<int>(_ => throw new BoardException("X", "x")));

        Assert.Equal("X", error.Reason);
    }

    [Fact]
    public async Task Run_LeaseEndedWhileWaiting_JobIsNotRun()
    {
        var blocker = await BlockAsync();
        var ran = false;
        var waiting = RunAsync(_ => ran = true);
        _lease.Fence.EnterMaintenance();

        _release.Set();
        await blocker;

        Assert.Equal(("LEASE_LOST", false), ((await Assert.ThrowsAsync<BoardException>(() => waiting)).Reason, ran));
    }

    [Fact]
    public async Task Run_QueueFull_IsRefusedAtOnce()
    {
        var blocker = await BlockAsync();
        Task[] queued = [RunAsync(_ => 1), RunAsync(_ => 2)];

        var error = await Assert.ThrowsAsync<BoardException>(() => RunAsync(_ => 3));

        Assert.Equal("DEVICE_QUEUE_FULL", error.Reason);
        _release.Set();
        await Task.WhenAll([blocker, .. queued]);
    }

    [Fact]
    public async Task Run_CancelledWhileWaiting_LeavesTheQueue()
    {
        var blocker = await BlockAsync();
        using var cancel = new CancellationTokenSource();
        var ran = false;
        var waiting = _executor.RunAsync(_lease.Token, "second", _ => ran = true, Limit, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, _executor.Status.Waiting);
        _release.Set();
        await blocker;
        await RunAsync(_ => 0);
        Assert.False(ran);
    }

    [Fact]
    public async Task Run_TurnDoesNotCome_NamesWhatTheDeviceIsBusyWith()
    {
        var blocker = await BlockAsync(TimeSpan.FromMinutes(1));
        var waiting = RunAsync(_ => 1);

        _time.Advance(Limit);

        var error = await Assert.ThrowsAsync<BoardException>(() => waiting);
        Assert.Equal(("DEVICE_BUSY", "job waited 5 s for i2c0, which was busy with blocker. Try again, or allow more time."), (error.Reason, error.Message));
        _release.Set();
        await blocker;
    }

    [Fact]
    public async Task Run_LimitPassesAtWork_JobIsToldAndCallerToldWhy()
    {
        var started = new TaskCompletionSource();
        var running = RunAsync<int>(stop =>
        {
            started.SetResult();
            stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(10));
            stop.ThrowIfCancellationRequested();
            return 0;
        });
        await started.Task;

        _time.Advance(Limit);

        Assert.Equal("DEVICE_TIMEOUT", (await Assert.ThrowsAsync<BoardException>(() => running)).Reason);
    }

    [Fact]
    public async Task Run_JobDoesNotStop_DeviceCountsAsHungUntilItReturns()
    {
        var blocker = await BlockAsync();
        _time.Advance(Limit);
        await AdvanceUntilAsync(blocker);
        Assert.Equal("DEVICE_HUNG", (await Assert.ThrowsAsync<BoardException>(() => blocker)).Reason);
        Assert.Equal("DEVICE_HUNG", (await Assert.ThrowsAsync<BoardException>(() => RunAsync(_ => 1))).Reason);

        _release.Set();
        SpinWait.SpinUntil(() => !_executor.Status.IsHung, TimeSpan.FromSeconds(10));

        Assert.Equal(7, await RunAsync(_ => 7));
    }

    [Fact]
    public async Task Dispose_WaitingJob_IsRefused()
    {
        var blocker = await BlockAsync();
        var waiting = RunAsync(_ => 1);

        _executor.Dispose();

        Assert.Equal("AGENT_STOPPING", (await Assert.ThrowsAsync<BoardException>(() => waiting)).Reason);
        _release.Set();
        await blocker;
    }

    private Task<T> RunAsync<T>(Func<CancellationToken, T> job) => _executor.RunAsync(_lease.Token, "job", job, Limit, CancellationToken.None);

    /// <summary>Fills the device with a job that no cancellation reaches.</summary>
    private async Task<Task<bool>> BlockAsync(TimeSpan? limit = null)
    {
        var started = new TaskCompletionSource();
        var blocker = _executor.RunAsync(
            _lease.Token,
            "blocker",
            _ =>
            {
                started.SetResult();
                return _release.Wait(TimeSpan.FromSeconds(20), CancellationToken.None);
            },
            limit ?? Limit,
            CancellationToken.None);
        await started.Task;
        return blocker;
    }

    /// <summary>The limit of stopping starts only when its caller has seen the first one pass.</summary>
    private async Task AdvanceUntilAsync(Task task)
    {
        for (var i = 0; i < 1000 && !task.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }
}
