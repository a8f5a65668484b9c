using FarmAgent.Hardware.Time;

namespace FarmAgent.TestKit.Time;

/// <summary>A clock that only moves by the waits it is asked for, and remembers them.</summary>
public sealed class SteppedWaiter : IWaiter
{
    private readonly List<TimeSpan> _waits = [];

    public TimeSpan Elapsed { get; private set; }

    public IReadOnlyList<TimeSpan> Waits => _waits;

    public void Wait(TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _waits.Add(duration);
        Elapsed += duration;
    }
}
