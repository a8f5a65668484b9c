using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Cpu;

/// <summary>
/// What is pending, enabled and active, and which of it comes next: the NVIC together with the system exceptions (ARM DDI 0403,
/// sections B1.5 and B3.4).
/// </summary>
internal sealed class NestedVectorController : IInterruptLines
{
    /// <summary>Lower than every exception: thread mode with nothing active.</summary>
    public const int BasePriority = 256;

    private readonly bool[] _pending;
    private readonly bool[] _active;
    private readonly bool[] _enabled;
    private readonly bool[] _level;
    private readonly byte[] _priority;
    private readonly byte _implementedPriority;
    private readonly Action _attention;
    private int _pendingCount;
    private int _activeCount;

    /// <summary>Makes a controller in its reset state.</summary>
    /// <param name="options">Number of lines and priority bits.</param>
    /// <param name="attention">Called when something may have become ready to run.</param>
    public NestedVectorController(CortexM3Options options, Action attention)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InterruptLines, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.InterruptLines, 240);
        Count = ExceptionNumber.FirstInterrupt + options.InterruptLines;
        _implementedPriority = (byte)(0xFF00 >> options.PriorityBits);
        _attention = attention;
        _pending = new bool[Count];
        _active = new bool[Count];
        _enabled = new bool[Count];
        _level = new bool[Count];
        _priority = new byte[Count];
        Reset();
    }

    /// <summary>Exceptions including the unused number 0.</summary>
    public int Count { get; }

    /// <summary>AIRCR.PRIGROUP.</summary>
    public int PriorityGrouping { get; set; }

    /// <summary>How many exceptions are active.</summary>
    public int ActiveCount => _activeCount;

    /// <summary>True if anything is pending, enabled or not.</summary>
    public bool AnyPending => _pendingCount > 0;

    /// <summary>Set whenever something becomes pending, for SEVONPEND.</summary>
    public bool PendingTransition { get; set; }

    /// <inheritdoc/>
    public void SetLevel(int number, bool active)
    {
        var exception = ExceptionNumber.FirstInterrupt + number;
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(exception, Count, nameof(number));
        var rising = active && !_level[exception];
        _level[exception] = active;
        if (rising)
        {
            Pend(exception);
        }
    }

    /// <summary>Forgets all state; interrupt lines keep the level that peripherals hold.</summary>
    public void Reset()
    {
        Array.Clear(_pending);
        Array.Clear(_active);
        Array.Clear(_enabled);
        Array.Clear(_priority);
        PriorityGrouping = 0;
        _pendingCount = 0;
        _activeCount = 0;
        PendingTransition = false;
        foreach (var always in (ReadOnlySpan<int>)[ExceptionNumber.NonMaskable, ExceptionNumber.HardFault, ExceptionNumber.SupervisorCall, ExceptionNumber.DebugMonitor, ExceptionNumber.PendSupervisor, ExceptionNumber.SysTick])
        {
            _enabled[always] = true;
        }

        for (var exception = ExceptionNumber.FirstInterrupt; exception < Count; exception++)
        {
            if (_level[exception])
            {
                Pend(exception);
            }
        }
    }

    public bool IsPending(int exception) => _pending[exception];

    public bool IsActive(int exception) => _active[exception];

    public bool IsEnabled(int exception) => _enabled[exception];

    public byte PriorityRegister(int exception) => _priority[exception];

    /// <summary>Makes an exception pending.</summary>
    public void Pend(int exception)
    {
        if (!_pending[exception])
        {
            _pending[exception] = true;
            _pendingCount++;
            PendingTransition = true;
        }

        _attention();
    }

    /// <summary>Takes the pending state away; a line that is still high makes it pending again at once.</summary>
    public void Unpend(int exception)
    {
        if (_pending[exception] && !_level[exception])
        {
            _pending[exception] = false;
            _pendingCount--;
        }
    }

    /// <summary>Enables or disables an exception.</summary>
    public void Enable(int exception, bool enabled)
    {
        _enabled[exception] = enabled;
        _attention();
    }

    /// <summary>Sets the active state from a register, as an operating system may.</summary>
    public void SetActive(int exception, bool active)
    {
        if (_active[exception] != active)
        {
            _active[exception] = active;
            _activeCount += active ? 1 : -1;
            _attention();
        }
    }

    /// <summary>Writes a priority; bits that are not implemented stay 0.</summary>
    public void SetPriority(int exception, byte value)
    {
        _priority[exception] = (byte)(value & _implementedPriority);
        _attention();
    }

    /// <summary>Implemented bits of a priority value, also for BASEPRI.</summary>
    public byte MaskPriority(uint value) => (byte)(value & _implementedPriority);

    /// <summary>The part of a priority that decides about preemption.</summary>
    public int GroupPriority(int priority) => priority < 0 ? priority : priority & ~((2 << PriorityGrouping) - 1);

    /// <summary>Group priority of an exception.</summary>
    public int GroupPriorityOf(int exception) => GroupPriority(FullPriority(exception));

    /// <summary>Group priority of the most urgent active exception.</summary>
    public int ActivePriority()
    {
        var best = BasePriority;
        if (_activeCount > 0)
        {
            for (var exception = 1; exception < Count; exception++)
            {
                if (_active[exception])
                {
                    best = Math.Min(best, GroupPriorityOf(exception));
                }
            }
        }

        return best;
    }

    /// <summary>Finds the pending, enabled exception that would run next and whether it preempts; lower numbers win ties.</summary>
    /// <param name="executionPriority">Group priority of what runs now.</param>
    /// <param name="exception">The exception.</param>
    public bool TrySelect(int executionPriority, out int exception)
    {
        exception = HighestPending();
        return exception != 0 && GroupPriorityOf(exception) < executionPriority;
    }

    /// <summary>The pending, enabled exception with the most urgent priority; 0 if there is none.</summary>
    public int HighestPending()
    {
        var best = 0;
        if (_pendingCount > 0)
        {
            var bestPriority = int.MaxValue;
            for (var exception = 1; exception < Count; exception++)
            {
                if (_pending[exception] && _enabled[exception] && FullPriority(exception) < bestPriority)
                {
                    best = exception;
                    bestPriority = FullPriority(exception);
                }
            }
        }

        return best;
    }

    /// <summary>Entry: no longer pending, active.</summary>
    public void Activate(int exception)
    {
        if (_pending[exception])
        {
            _pending[exception] = false;
            _pendingCount--;
        }

        if (!_active[exception])
        {
            _active[exception] = true;
            _activeCount++;
        }
    }

    /// <summary>Return: no longer active; a line that is still high asks again.</summary>
    public void Deactivate(int exception)
    {
        SetActive(exception, false);
        if (_level[exception])
        {
            Pend(exception);
        }
    }

    private int FullPriority(int exception) => exception switch
    {
        ExceptionNumber.Reset => -3,
        ExceptionNumber.NonMaskable => -2,
        ExceptionNumber.HardFault => -1,
        _ => _priority[exception],
    };
}
