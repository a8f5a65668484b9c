namespace FarmAgent.Boards.Executors;

/// <summary>A job in the queue of a device executor.</summary>
internal abstract class DeviceJob(string what)
{
    private int _state;

    public string What { get; } = what;

    /// <summary>True when it may be run: nobody took it away before.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, 1, 0) == 0;

    /// <summary>True when it was taken away before it started; it then never runs.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, 2, 0) == 0;

    /// <summary>Runs it on the calling thread. Whatever it throws goes to its owner.</summary>
    public abstract void Run();

    /// <summary>Answers its owner without running it.</summary>
    public abstract void Refuse(Exception reason);
}

/// <summary>A job with its result.</summary>
internal sealed class DeviceJob<T>(string what, LeaseToken token, Func<CancellationToken, T> work, CancellationToken stop) : DeviceJob(what)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override void Run()
    {
        // The task only carries result or exception from here to the owner; it runs on this very thread.
        var run = new Task<T>(() =>
        {
            token.Check();
            stop.ThrowIfCancellationRequested();
            return work(stop);
        });
        run.RunSynchronously(TaskScheduler.Default);
        _answer.TrySetFromTask(run);
    }

    public override void Refuse(Exception reason) => _answer.TrySetException(reason);
}
