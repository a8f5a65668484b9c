namespace FarmAgent.Boards.Executors;

/// <summary>
/// The one thread that touches a device (a probe, an I2C adapter). Jobs run one after the other in the order of asking, each under the
/// lease token that it came with; the token is checked when the job is taken from the queue.
/// </summary>
public sealed class DeviceExecutor : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<DeviceJob> _queue = [];
    private readonly SemaphoreSlim _ready = new(0);
    private readonly TimeProvider _time;
    private readonly ExecutorOptions _options;
    private DeviceJob? _current;
    private long _currentSince;
    private bool _hung;
    private bool _stopped;

    /// <summary>Starts the thread.</summary>
    /// <param name="device">Name of the device, for messages and for the thread.</param>
    /// <param name="time">Clock of limits.</param>
    /// <param name="options">Limits.</param>
    public DeviceExecutor(string device, TimeProvider time, ExecutorOptions options)
    {
        (Device, _time, _options) = (device, time, options);
        new Thread(Work) { Name = $"device {device}", IsBackground = true }.Start();
    }

    /// <summary>Name of the device.</summary>
    public string Device { get; }

    /// <summary>What it is doing now.</summary>
    public ExecutorStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new ExecutorStatus(
                    Device, _current?.What, _current is null ? TimeSpan.Zero : _time.GetElapsedTime(_currentSince), _queue.Count, _hung);
            }
        }
    }

    /// <summary>Runs a job on the device's thread.</summary>
    /// <typeparam name="T">Its result.</typeparam>
    /// <param name="token">The right to touch the board.</param>
    /// <param name="what">What it does, for messages, for example <c>i2c scan</c>.</param>
    /// <param name="job">The job; its token is cancelled when it has to stop at the next safe point.</param>
    /// <param name="limit">Limit of waiting and working together.</param>
    /// <param name="cancellationToken">Leaves the queue, or tells the job to stop.</param>
    /// <returns>What the job returned; what it throws is thrown here.</returns>
    /// <exception cref="BoardException">
    /// <c>LEASE_LOST</c>; <c>DEVICE_QUEUE_FULL</c>; <c>DEVICE_BUSY</c>: its turn did not come in time; <c>DEVICE_TIMEOUT</c>: it stopped at the
    /// limit; <c>DEVICE_HUNG</c>: it, or the job before it, does not stop; <c>AGENT_STOPPING</c>.
    /// </exception>
    public async Task<T> RunAsync<T>(
        LeaseToken token, string what, Func<CancellationToken, T> job, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        cancellationToken.ThrowIfCancellationRequested();
        token.Check();
        using var timer = new CancellationTokenSource(limit, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var queued = new DeviceJob<T>(what, token, job, stop.Token);
        Enqueue(queued);
        try
        {
            return await queued.Answer.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (queued.TryWithdraw())
            {
                var busy = Remove(queued);
                cancellationToken.ThrowIfCancellationRequested();
                throw Fault("DEVICE_BUSY", $"{what} waited {limit.TotalSeconds:0.###} s for {Device}, which was busy with {busy}. Try again, or allow more time.");
            }
        }

        return await StoppedAsync(queued, limit, cancellationToken);
    }

    /// <summary>Refuses what waits and lets the thread end after the job at work.</summary>
    public void Dispose()
    {
        List<DeviceJob> waiting;
        lock (_lock)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            waiting = [.. _queue];
            _queue.Clear();
        }

        foreach (var job in waiting.Where(j => j.TryWithdraw()))
        {
            job.Refuse(Fault("AGENT_STOPPING", $"{job.What} was not begun: {Device} is being closed. Ask again when the agent is back."));
        }

        _ready.Release();
    }

    /// <summary>A job that was told to stop: it gets a while to reach its next safe point, then its device counts as hung.</summary>
    private async Task<T> StoppedAsync<T>(DeviceJob<T> job, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await job.Answer.WaitAsync(_options.HangLimit, _time, CancellationToken.None);
        }
        catch (TimeoutException) when (!job.Answer.IsCompleted)
        {
            lock (_lock)
            {
                _hung = ReferenceEquals(_current, job);
            }

            throw Fault(
                "DEVICE_HUNG",
                $"{job.What} on {Device} did not stop within {_options.HangLimit.TotalSeconds:0.###} s after it was told to. "
                + "The device does nothing else until it returns: unplug it and plug it in again, then restart the agent if it stays so.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Fault("DEVICE_TIMEOUT", $"{job.What} on {Device} was stopped after its limit of {limit.TotalSeconds:0.###} s. Allow more time, or ask for less.");
        }
    }

    private void Enqueue(DeviceJob job)
    {
        lock (_lock)
        {
            if (_stopped)
            {
                throw Fault("AGENT_STOPPING", $"{job.What} was not begun: {Device} is being closed. Ask again when the agent is back.");
            }

            if (_hung)
            {
                throw Fault("DEVICE_HUNG", $"{Device} hangs in {_current?.What}, so {job.What} was not begun. Unplug it and plug it in again, then restart the agent if it stays so.");
            }

            if (_queue.Count >= _options.QueueLength)
            {
                throw Fault("DEVICE_QUEUE_FULL", $"{_queue.Count} jobs wait for {Device} already, as many as are allowed. Try again later.");
            }

            _queue.AddLast(job);
        }

        _ready.Release();
    }

    private string Remove(DeviceJob job)
    {
        lock (_lock)
        {
            _queue.Remove(job);
            return _current?.What ?? "other jobs";
        }
    }

    private void Work()
    {
        while (true)
        {
            _ready.Wait();
            if (!TryTake(out var job))
            {
                if (IsStopped())
                {
                    return;
                }

                continue;
            }

            job.Run();
            lock (_lock)
            {
                (_current, _hung) = (null, false);
            }
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DeviceJob? job)
    {
        lock (_lock)
        {
            job = _queue.First?.Value;
            if (job is null)
            {
                return false;
            }

            _queue.RemoveFirst();
            if (!job.TryStart())
            {
                job = null;
                return false;
            }

            (_current, _currentSince) = (job, _time.GetTimestamp());
            return true;
        }
    }

    private bool IsStopped()
    {
        lock (_lock)
        {
            return _stopped;
        }
    }

    private BoardException Fault(string reason, string message) => (BoardException)new BoardException(reason, message).With("device", Device);
}
