using System.Collections.Concurrent;
using FarmAgent.Agent.Security;
using FarmAgent.Boards;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>
/// Keeps what was found out about failed exchanges while suites ran. Whoever makes a diagnosis for a caller hands it on here: the verdict of
/// a run rests on it, not on what the suite says of itself. Thread-safe.
/// </summary>
internal sealed class RunObservations
{
    private const int MostPerRun = 100;

    private readonly ConcurrentDictionary<string, List<Wire.Diagnosis>> _runs = new(StringComparer.Ordinal);

    /// <summary>Begins to keep them for a run.</summary>
    public void Open(string run) => _runs[run] = [];

    /// <summary>Takes a diagnosis. Does nothing when the caller is no running suite.</summary>
    public void Record(Caller caller, Wire.Diagnosis diagnosis)
    {
        if (caller is { Role: CallerRole.Runner, Run: { } run })
        {
            Record(run, diagnosis);
        }
    }

    /// <summary>Takes a fault of the bench that ended a call of a running suite. Mistakes in its requests are the suite's own.</summary>
    public void Record(Caller caller, FarmException fault)
    {
        // What a diagnosis was made of is taken with that; a bad address is the suite's; a lost lease has its own verdict.
        var isBench = fault is HardwareException or ProbeException or (TargetException and not MemoryFaultException)
            || (fault is BoardException && !fault.Facts.ContainsKey("verdict") && fault.Reason is not ("LEASE_LOST" or "AGENT_STOPPING"));
        if (isBench)
        {
            Record(caller, new Wire.Diagnosis { Verdict = Wire.Verdict.Error, Reason = fault.Reason, Message = fault.Message });
        }
    }

    /// <summary>Takes a diagnosis that the agent made for a run itself.</summary>
    public void Record(string run, Wire.Diagnosis diagnosis)
    {
        if (!_runs.TryGetValue(run, out var kept))
        {
            return;
        }

        lock (kept)
        {
            // A suite that polls a dead device finds the same thing a thousand times. The first fault of the bench is kept however many came before.
            var isNew = !kept.Exists(d => d.Reason == diagnosis.Reason && d.Message == diagnosis.Message);
            if (isNew && (kept.Count < MostPerRun || (diagnosis.Verdict == Wire.Verdict.Error && !kept.Exists(d => d.Verdict == Wire.Verdict.Error))))
            {
                kept.Add(diagnosis);
            }
        }
    }

    /// <summary>What there is so far.</summary>
    public IReadOnlyList<Wire.Diagnosis> Of(string run)
    {
        if (!_runs.TryGetValue(run, out var kept))
        {
            return [];
        }

        lock (kept)
        {
            return [.. kept];
        }
    }

    /// <summary>Ends the keeping.</summary>
    public void Close(string run) => _runs.TryRemove(run, out _);
}
