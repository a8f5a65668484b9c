namespace FarmAgent.Simulation.Faults;

/// <summary>A fault of the plan from the moment it is made until it is spent or cleared. All under the bench's lock.</summary>
internal sealed class ArmedFault(string id, BenchFault fault) : IDisposable
{
    private IDisposable? _timer;

    public string Id { get; } = id;

    public BenchFault Fault { get; } = fault;

    /// <summary>What it counts now; none while it waits for its time, and once it has begun.</summary>
    public FaultStream Listens { get; set; }

    /// <summary>True while a lasting fault is there.</summary>
    public bool IsActive { get; set; }

    public int Counted { get; private set; }

    public int Struck { get; private set; }

    /// <summary>True when it has struck as often as it was told to.</summary>
    public bool IsSpent => Struck >= Fault.Trigger.Count;

    /// <summary>Its next moment: beginning or end.</summary>
    public IDisposable? Timer
    {
        set
        {
            _timer?.Dispose();
            _timer = value;
        }
    }

    /// <summary>One more of its stream has come.</summary>
    /// <returns>True when the fault strikes it.</returns>
    public bool Count()
    {
        Counted++;
        if (Counted < Fault.Trigger.At)
        {
            return false;
        }

        Struck++;
        return true;
    }

    public FaultStatus ToStatus() => new(Id, Fault, IsActive, Counted, Struck);

    public void Dispose() => Timer = null;
}
