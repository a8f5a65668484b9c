using FarmAgent.Hardware;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Faults;

/// <summary>
/// The faults of a virtual bench: those of its file and those that clients make and clear. Every call returns at once; a bench whose flash is
/// held stands still until <see cref="ReleaseFlash"/> or the hold's limit. Thread-safe.
/// </summary>
public sealed partial class FaultPlan
{
    /// <summary>More than these at a time are a script that was sent in a loop.</summary>
    private const int MostFaults = 200;

    private readonly VirtualBench _bench;
    private readonly FaultEffects _effects;
    private readonly List<ArmedFault> _faults = [];
    private int _made;

    internal FaultPlan(VirtualBench bench)
    {
        _bench = bench;
        _effects = new FaultEffects(bench, this);
    }

    /// <summary>Faults that are there or wait for their moment, oldest first.</summary>
    public IReadOnlyList<FaultStatus> List()
    {
        lock (_bench.Clock.Gate)
        {
            _bench.Clock.CatchUp();
            return [.. _faults.Select(f => f.ToStatus())];
        }
    }

    /// <summary>Faults that are there or wait for their moment. A flash hold is listed from arming to release.</summary>
    public IReadOnlyList<BenchFault> Active => [.. List().Select(f => f.Fault)];

    /// <summary>True while the flash is busy at the half-word of a hold and the bench stands still.</summary>
    public bool IsFlashHeld => _bench.Clock.IsFrozen;

    /// <summary>Makes a fault. A lasting one replaces the one that does the same to the same part.</summary>
    /// <param name="fault">Which one.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>, <c>I2C_ADAPTER_UNKNOWN</c>, <c>FAULT_INVALID</c>.</exception>
    public string Apply(BenchFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_bench.Clock.Gate)
        {
            _bench.Clock.CatchUp();
            FaultRules.Check(fault, _bench);
            RequireRoom(1);
            RemoveAll(f => FaultRules.IsReplacedBy(f.Fault, fault));
            var armed = new ArmedFault($"f{++_made}", fault);
            _faults.Add(armed);
            _bench.NoticeBoard.Add("fault", $"{fault}");
            if (fault.Trigger.After > TimeSpan.Zero)
            {
                armed.Timer = _bench.Clock.Schedule(BenchTime.After(_bench.Clock.Now, BenchTime.From(fault.Trigger.After)), () => Arm(armed));
            }
            else
            {
                Arm(armed);
            }

            return armed.Id;
        }
    }

    /// <summary>Makes faults in one moment of the bench: all of them, or none where one cannot be.</summary>
    /// <param name="faults">Which.</param>
    /// <returns>Their ids, in the same order.</returns>
    /// <exception cref="RequestException">As <see cref="Apply(BenchFault)"/>.</exception>
    public IReadOnlyList<string> Apply(IReadOnlyList<BenchFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        lock (_bench.Clock.Gate)
        {
            foreach (var fault in faults)
            {
                FaultRules.Check(fault, _bench);
            }

            RequireRoom(faults.Count);
            return [.. faults.Select(Apply)];
        }
    }

    /// <summary>Clears a fault; nothing happens where it is not there.</summary>
    /// <param name="fault">Which one; only what it does and to which part counts.</param>
    /// <exception cref="RequestException"><c>NET_UNKNOWN</c>.</exception>
    public void Clear(BenchFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_bench.Clock.Gate)
        {
            _bench.Clock.CatchUp();
            FaultRules.Check(fault, _bench);
            RemoveAll(f => FaultRules.IsSame(f.Fault, fault));
        }
    }

    /// <summary>Clears the fault with an id.</summary>
    /// <param name="id">As <see cref="Apply(BenchFault)"/> and <see cref="List"/> give it.</param>
    /// <exception cref="RequestException">There is none (<c>FAULT_UNKNOWN</c>): it was cleared, or is spent.</exception>
    public void Clear(string id)
    {
        lock (_bench.Clock.Gate)
        {
            _bench.Clock.CatchUp();
            if (!RemoveAll(f => f.Id == id))
            {
                throw new RequestException("FAULT_UNKNOWN",
                    $"The bench {_bench.Name} has no fault {id}; it was cleared, or it is spent. farmctl bench fault list shows those that are there.");
            }
        }
    }

    /// <summary>Clears everything.</summary>
    public void ClearAll()
    {
        lock (_bench.Clock.Gate)
        {
            _bench.Clock.CatchUp();
            RemoveAll(_ => true);
        }
    }

    /// <summary>The hold ended without a call: its limit passed or the chip was reset. Called under the bench's lock.</summary>
    internal void HoldEnded(string why)
    {
        if (_faults.RemoveAll(f => f.Fault.Kind == BenchFaultKind.HoldFlash && f.IsActive) > 0)
        {
            CountListeners();
            _bench.NoticeBoard.Add("fault", $"flash hold ended: {why}");
        }
    }

    /// <summary>Lasting faults of a kind that are there. Called under the bench's lock.</summary>
    internal IEnumerable<BenchFault> Present(BenchFaultKind kind) => _faults.Where(f => f.IsActive && f.Fault.Kind == kind).Select(f => f.Fault);

    /// <summary>Works out anew who has power, by the faults that are there and by what switches the supplies. Called under the bench's lock.</summary>
    internal void UpdateSupplies() => _effects.UpdateSupplies();

    private void RequireRoom(int more)
    {
        if (_faults.Count + more > MostFaults)
        {
            throw new RequestException(
                "FAULT_LIMIT", $"The bench {_bench.Name} has {_faults.Count} faults; with {more} more there would be over {MostFaults}. Clear some first: farmctl bench fault clear.");
        }
    }

    private bool RemoveAll(Predicate<ArmedFault> which)
    {
        var removed = _faults.FindAll(which);
        foreach (var fault in removed)
        {
            Remove(fault, "cleared");
        }

        return removed.Count > 0;
    }

    private void Remove(ArmedFault fault, string why)
    {
        _faults.Remove(fault);
        fault.Dispose();
        CountListeners();
        if (fault.IsActive)
        {
            fault.IsActive = false;
            _effects.End(fault.Fault);
        }

        _bench.NoticeBoard.Add("fault", $"{why}: {fault.Fault}");
    }
}
