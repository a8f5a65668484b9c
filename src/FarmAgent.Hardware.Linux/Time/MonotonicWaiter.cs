using System.Diagnostics;
using FarmAgent.Hardware.Time;

namespace FarmAgent.Hardware.Linux.Time;

/// <summary>Time of a real bench: the host's monotonic clock.</summary>
public sealed class MonotonicWaiter : IWaiter
{
    // What is shorter than the scheduler's grain is spun through: a device is waited for in microseconds, and a sleep costs a millisecond.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>A time of the kernel's monotonic clock, which is also the runtime's, on this clock.</summary>
    /// <param name="nanoseconds">CLOCK_MONOTONIC (clock_gettime(2)).</param>
    internal TimeSpan FromKernel(ulong nanoseconds) =>
        TimeSpan.FromTicks((long)((nanoseconds - (ulong)(_started * (1_000_000_000.0 / Stopwatch.Frequency))) / 100));

    /// <inheritdoc/>
    public void Wait(TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var end = Elapsed + duration;
        while (end - Elapsed is { Ticks: > 0 } left)
        {
            if (left < Grain)
            {
                Thread.SpinWait(20);
            }
            else if (cancellationToken.WaitHandle.WaitOne(left - Grain + TimeSpan.FromTicks(1)))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
