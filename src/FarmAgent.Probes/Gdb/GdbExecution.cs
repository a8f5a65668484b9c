using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Probes.Gdb;

/// <summary>What the core does for gdb.</summary>
internal enum GdbActivity
{
    /// <summary>Halted, as gdb knows.</summary>
    Halted,

    /// <summary>Running, and gdb waits for its stop.</summary>
    Running,

    /// <summary>Stepping through a range, and gdb waits for its end.</summary>
    Stepping,

    /// <summary>Running without gdb's waiting for it: after <c>monitor resume</c>, detach or kill.</summary>
    Loose,
}

/// <summary>Runs, steps and stops the core, and finds out why it stopped.</summary>
internal sealed class GdbExecution
{
    // A step costs half a dozen transfers: so many of them at a time, then Ctrl-C and the lease get their turn.
    private const int StepsAtATime = 16;
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan HandlerLimit = TimeSpan.FromMilliseconds(50);

    private readonly DebugSession _session;
    private readonly GdbBreakpoints _breakpoints;
    private bool _catchesFaults = true;
    private TimeSpan _pollIn;
    private uint _rangeStart;
    private uint _rangeEnd;

    /// <summary>Halts the core.</summary>
    public GdbExecution(DebugSession session, GdbTarget target)
    {
        _session = session;

        // This turns trace on, without which there are no watchpoints.
        Core.CatchHardFaults(_catchesFaults);
        _breakpoints = new GdbBreakpoints(session.Memory, target);
        Stop = Halt();
    }

    /// <summary>Breakpoints and watchpoints.</summary>
    public GdbBreakpoints Breakpoints => _breakpoints;

    /// <summary>What the core does.</summary>
    public GdbActivity Activity { get; private set; }

    /// <summary>Why it stopped last.</summary>
    public GdbStop Stop { get; private set; }

    /// <summary>What was noticed while it ran, for gdb's console; null for nothing.</summary>
    public string? Notice { get; private set; }

    /// <summary>True when hard faults stop the core.</summary>
    public bool CatchesFaults
    {
        get => _catchesFaults;
        set
        {
            Core.CatchHardFaults(value);
            _catchesFaults = value;
        }
    }

    /// <summary>True while gdb waits for a stop.</summary>
    public bool IsAwaited => Activity is GdbActivity.Running or GdbActivity.Stepping;

    private CortexMCore Core => _session.Core;

    /// <summary>Stops the core, if it runs.</summary>
    public GdbStop Halt()
    {
        var state = Core.ReadState();
        if (!state.IsHalted)
        {
            Core.Halt();
        }

        Activity = GdbActivity.Halted;
        return Stop = state.IsLockedUp ? GdbStop.Fault(Core.ReadFaults(), lockedUp: true) : GdbStop.Trap;
    }

    /// <summary>Resets the chip and stops it before its first instruction.</summary>
    public void ResetAndHalt()
    {
        Core.ResetAndHalt();
        Rearm();
        Activity = GdbActivity.Halted;
        Stop = GdbStop.Trap;
    }

    /// <summary>Resets the chip and lets it run without gdb's waiting.</summary>
    public void ResetAndRun()
    {
        Core.ResetAndHalt();
        Rearm();
        Let();
    }

    /// <summary>Lets the core run without gdb's waiting.</summary>
    public void Let()
    {
        if (Activity != GdbActivity.Loose)
        {
            Core.Run();
            Activity = GdbActivity.Loose;
        }
    }

    /// <summary>Takes everything away and ends halting debug.</summary>
    public void Release()
    {
        _breakpoints.Clear();
        Core.ReleaseRunning();
        Activity = GdbActivity.Loose;
    }

    /// <summary>Stops a core that was released, and sets up again what that takes.</summary>
    public void TakeBack()
    {
        Core.EnableDebug();
        Rearm();
        Halt();
    }

    /// <summary>Lets the core run until it stops by itself or is interrupted.</summary>
    public void Continue()
    {
        Let();
        Activity = GdbActivity.Running;
        (_pollIn, Notice) = (ShortestPoll, null);
    }

    /// <summary>Steps until the program counter leaves a range; an empty range is one step.</summary>
    public void StepRange(uint start, uint end)
    {
        if (Activity == GdbActivity.Loose)
        {
            Halt();
        }

        (_rangeStart, _rangeEnd, Activity, Notice) = (start, end, GdbActivity.Stepping, null);
    }

    /// <summary>Stops a core that gdb waits for.</summary>
    public void Interrupt()
    {
        if (IsAwaited)
        {
            var lockedUp = Halt();
            Stop = lockedUp == GdbStop.Trap ? GdbStop.Interrupt : lockedUp;
        }
    }

    /// <summary>Looks, or makes a few steps, if gdb waits.</summary>
    /// <param name="checkRight">Throws when the target may not be touched any more.</param>
    /// <returns>When to look again; infinite when gdb does not wait.</returns>
    public TimeSpan Poll(Action checkRight)
    {
        switch (Activity)
        {
            case GdbActivity.Running:
                Look();
                break;
            case GdbActivity.Stepping:
                StepSome(checkRight);
                break;
        }

        return Activity switch
        {
            GdbActivity.Running => _pollIn,
            GdbActivity.Stepping => TimeSpan.Zero,
            _ => Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Says that the core cannot be followed any further.</summary>
    public void Lose(string message)
    {
        Activity = GdbActivity.Halted;
        Stop = new GdbStop(GdbSignal.Lost, Message: message);
    }

    /// <summary>Sets up what a reset or a change of power has taken away.</summary>
    public void Rearm()
    {
        Core.CatchHardFaults(_catchesFaults);
        _breakpoints.Restore();
    }

    private void Look()
    {
        var state = Core.ReadState();
        if (state.WasReset)
        {
            Core.EnableDebug();
            Rearm();
            Notice = "The chip was reset: by its watchdog, by its own request, by NRST or by its supply.";
        }

        if (state.IsHalted)
        {
            Found();
        }
        else if (state.IsLockedUp)
        {
            Halt();
        }

        _pollIn = _pollIn * 2 < LongestPoll ? _pollIn * 2 : LongestPoll;
    }

    private void StepSome(Action checkRight)
    {
        for (var steps = 0; steps < StepsAtATime && Activity == GdbActivity.Stepping; steps++)
        {
            checkRight();
            if (!StepOnce())
            {
                return;
            }

            var at = Core.ReadRegister(CoreRegister.Pc);
            if (at < _rangeStart || at >= _rangeEnd || _breakpoints.KindAt(at) is not null)
            {
                Activity = GdbActivity.Halted;
                Stop = GdbStop.Trap;
            }
        }
    }

    /// <returns>False when something else than the step has stopped the core.</returns>
    private bool StepOnce()
    {
        if (!ServeInterrupts())
        {
            return false;
        }

        Core.ForgetHaltCause();
        try
        {
            Core.Step();
        }
        catch (TargetException e) when (e.Reason == "CORE_NOT_HALTED")
        {
            // An instruction that waits (WFE without an event); gdb gets the core where it is.
            Core.Halt();
        }

        if ((Core.ReadHaltCause() & (DebugFault.Breakpoint | DebugFault.Watchpoint | DebugFault.VectorCatch)) != 0)
        {
            Found();
            return false;
        }

        return true;
    }

    /// <summary>
    /// Steps are made with interrupts masked, so that they do not end in handlers. Those that wait are let through before the step: a loop that
    /// waits for a handler's work would otherwise never end.
    /// </summary>
    private bool ServeInterrupts()
    {
        var here = Core.ReadRegister(CoreRegister.Pc);
        if (!Core.HasPendingInterrupt() || !_breakpoints.TrySetOwn(here))
        {
            return true;
        }

        try
        {
            Core.Run();
            Core.WaitHalted(HandlerLimit, CancellationToken.None);
        }
        catch (TargetException e) when (e.Reason == "CORE_NOT_HALTED")
        {
            // A handler that takes long, or that went on to another thread: the step is made there.
            Core.Halt();
        }
        finally
        {
            _breakpoints.RemoveOwn(here);
        }

        if (Core.ReadHaltCause() == DebugFault.Breakpoint && Core.ReadRegister(CoreRegister.Pc) == here)
        {
            return true;
        }

        Found();
        return false;
    }

    /// <summary>The core has stopped by itself: finds out why.</summary>
    private void Found()
    {
        Activity = GdbActivity.Halted;
        var cause = Core.ReadHaltCause();
        if (cause.HasFlag(DebugFault.VectorCatch) && Core.ReadFaults() is { ActiveException: 3 } faults)
        {
            Stop = GdbStop.Fault(faults, lockedUp: false);
        }
        else if (cause.HasFlag(DebugFault.Watchpoint) && _breakpoints.TakeMatch() is { } match)
        {
            var kind = match.Kind switch { WatchKind.Read => "rwatch", WatchKind.Write => "watch", _ => "awatch" };
            Stop = new GdbStop(GdbSignal.Trap, $"{kind}:{match.Address:x8};");
        }
        else
        {
            var kind = cause.HasFlag(DebugFault.Breakpoint) ? _breakpoints.KindAt(Core.ReadRegister(CoreRegister.Pc)) : null;
            Stop = kind is null ? GdbStop.Trap : new GdbStop(GdbSignal.Trap, $"{kind}:;");
        }
    }
}
