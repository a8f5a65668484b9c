using System.Collections.Concurrent;
using FarmAgent.Agent.Security;
using FarmAgent.Boards;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>What the agent itself saw go wrong while a suite used the board: the suite's own report cannot hide it.</summary>
internal sealed class RunObservations
{
    private const int MostKept = 100;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<Wire.Diagnosis>> _byRun = new(StringComparer.Ordinal);

    /// <summary>Begins to keep what is seen of a run.</summary>
    public void Open(string run) => _byRun[run] = new ConcurrentQueue<Wire.Diagnosis>();

    /// <summary>Keeps a diagnosis, when it was a running suite that asked.</summary>
    public void Record(Caller caller, Wire.Diagnosis diagnosis)
    {
        if (caller is { Role: CallerRole.Runner, Run: { } run } && _byRun.TryGetValue(run, out var seen) && seen.Count < MostKept)
        {
            seen.Enqueue(diagnosis);
        }
    }

    /// <summary>Keeps a fault of the bench that ended a call of a running suite. Mistakes in the request are the suite's own.</summary>
    public void Record(Caller caller, FarmException fault)
    {
        var isBench = fault is HardwareException or ProbeException or TargetException
            || (fault is BoardException && !fault.Facts.ContainsKey("verdict") && fault.Reason != "LEASE_LOST");
        if (isBench)
        {
            Record(caller, new Wire.Diagnosis { Verdict = Wire.Verdict.Error, Reason = fault.Reason, Message = fault.Message });
        }
    }

    /// <summary>Everything that was seen of a run, in its order.</summary>
    public IReadOnlyList<Wire.Diagnosis> Of(string run) => _byRun.TryGetValue(run, out var seen) ? [.. seen] : [];

    /// <summary>Forgets a run.</summary>
    public void Close(string run) => _byRun.TryRemove(run, out _);
}
