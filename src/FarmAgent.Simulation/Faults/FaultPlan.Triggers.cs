using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Faults;

/// <summary>When faults strike: by time, or as the bench's devices count what happens. All called under the bench's lock.</summary>
public sealed partial class FaultPlan
{
    private readonly int[] _listeners = new int[Enum.GetValues<FaultStream>().Length];

    /// <summary>True when something counts this; asked first, so that a bench without faults loses no time.</summary>
    internal bool Counts(FaultStream stream) => _listeners[(int)stream] > 0;

    /// <summary>One more of a stream has come.</summary>
    /// <param name="stream">Which.</param>
    /// <param name="concerns">Whether a fault of single transfers means this one; others do not count it.</param>
    /// <returns>The fault that strikes it; null for none. The oldest comes first.</returns>
    internal BenchFault? Next(FaultStream stream, Func<BenchFault, bool> concerns)
    {
        BenchFault? striking = null;
        foreach (var armed in _faults.Where(f => f.Listens == stream).ToList())
        {
            if (!concerns(armed.Fault) || !armed.Count())
            {
                continue;
            }

            if (armed.Fault.IsLasting)
            {
                BeginAt(armed, stream);
                continue;
            }

            striking ??= armed.Fault;
            if (armed.Fault.Kind == BenchFaultKind.HoldFlash)
            {
                StopCounting(armed);
                armed.IsActive = true;
            }
            else if (armed.IsSpent)
            {
                Remove(armed, "spent");
            }
        }

        return striking;
    }

    private void Arm(ArmedFault armed)
    {
        armed.Timer = null;
        armed.Listens = FaultCatalog.Of(armed.Fault.Kind).Stream is var own and not FaultStream.None ? own : armed.Fault.Trigger.Of;
        CountListeners();
        if (armed.Listens == FaultStream.None)
        {
            Begin(armed);
        }
    }

    /// <summary>A lasting fault was triggered: what lies on wires is there at once, what changes the chip follows as the next event.</summary>
    private void BeginAt(ArmedFault armed, FaultStream stream)
    {
        StopCounting(armed);
        if (_effects.MayBeginWithin(armed.Fault))
        {
            Begin(armed);
            return;
        }

        // Power that is cut at a half-word is cut in the middle of its programming.
        var delay = stream == FaultStream.HalfWords ? _bench.Chip.Flash.Timing.Program / 2 : 0;
        armed.Timer = _bench.Clock.Schedule(_bench.Clock.Now + delay, () => Begin(armed));
    }

    private void Begin(ArmedFault armed)
    {
        armed.IsActive = true;
        _effects.Begin(armed.Fault);
        armed.Timer = armed.Fault.Trigger.For is { } duration
            ? _bench.Clock.Schedule(BenchTime.After(_bench.Clock.Now, BenchTime.From(duration)), () => Remove(armed, "over"))
            : null;
    }

    private void StopCounting(ArmedFault armed)
    {
        armed.Listens = FaultStream.None;
        CountListeners();
    }

    private void CountListeners()
    {
        Array.Clear(_listeners);
        foreach (var fault in _faults)
        {
            _listeners[(int)fault.Listens]++;
        }
    }
}
