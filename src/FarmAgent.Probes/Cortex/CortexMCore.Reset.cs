namespace FarmAgent.Probes.Cortex;

/// <content>Resets, by the pin or by request.</content>
public sealed partial class CortexMCore
{
    private static readonly TimeSpan PinLowTime = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan PinRiseLimit = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ResetLimit = TimeSpan.FromMilliseconds(200);
    private const int ResetLooks = 4;

    /// <summary>Resets the chip and stops the core before its first instruction.</summary>
    /// <param name="kind">How.</param>
    /// <returns>The way that worked: <see cref="ResetKind.Pin"/> or <see cref="ResetKind.System"/>.</returns>
    /// <exception cref="TargetException">
    /// No reset was seen, it did not end, or the core did not stop (<c>RESET_NOT_SEEN</c>, <c>TARGET_HELD_IN_RESET</c>, <c>CORE_NOT_HALTED</c>).
    /// </exception>
    public ResetKind ResetAndHalt(ResetKind kind = ResetKind.Auto)
    {
        var used = ResetAndStayCaught(kind);
        ForgetHaltAtReset();
        return used;
    }

    /// <summary>As <see cref="ResetAndHalt"/>, but later resets stop the core too, until <see cref="RunFrom"/> or a reset to run.</summary>
    /// <param name="kind">How.</param>
    /// <returns>The way that worked.</returns>
    public ResetKind ResetAndStayCaught(ResetKind kind = ResetKind.Auto)
    {
        PrepareHaltAtReset();
        var (used, state) = Reset(kind);
        if (!state.IsHalted)
        {
            WaitHalted(ResetLimit, CancellationToken.None);
        }

        return used;
    }

    /// <summary>Resets the chip and lets it run.</summary>
    /// <param name="kind">How.</param>
    /// <returns>The way that worked: <see cref="ResetKind.Pin"/> or <see cref="ResetKind.System"/>.</returns>
    /// <exception cref="TargetException">No reset was seen, or it did not end (<c>RESET_NOT_SEEN</c>, <c>TARGET_HELD_IN_RESET</c>).</exception>
    public ResetKind ResetAndRun(ResetKind kind = ResetKind.Auto)
    {
        // A halted core stays so until the reset, which takes C_HALT away: it must not run on for a moment with half of its firmware gone.
        PrepareReset(ExceptionMonitor.None);
        var (used, state) = Reset(kind);
        if (state.IsHalted)
        {
            Run();
        }

        return used;
    }

    /// <summary>
    /// Tells whether the chip is in reset at each of some looks, 1 ms apart: reading S_RESET_ST clears it, and a reset that lasts sets it again
    /// (ARMv7-M ARM section C1.6.2). A core that is held in reset executes nothing; one that is reset again and again does.
    /// </summary>
    /// <param name="cancellationToken">Ends the looking.</param>
    public bool IsStillInReset(CancellationToken cancellationToken)
    {
        for (var look = 0; look < ResetLooks; look++)
        {
            if (!ReadState().WasReset)
            {
                return false;
            }

            _waiter.Wait(PollInterval, cancellationToken);
        }

        return true;
    }

    /// <summary>Blames the reset for what a chip that is held in it cannot do.</summary>
    /// <exception cref="TargetException">It is (<c>TARGET_HELD_IN_RESET</c>).</exception>
    public void RequireOutOfReset()
    {
        if (IsStillInReset(CancellationToken.None))
        {
            throw HeldInReset(PollInterval * ResetLooks);
        }
    }

    /// <summary>The exception for a chip that stays in reset.</summary>
    /// <param name="limit">How long it was watched.</param>
    internal static TargetException HeldInReset(TimeSpan limit) => new(
        "TARGET_HELD_IN_RESET",
        $"The chip stayed in reset for {limit.TotalMilliseconds:0} ms while the probe did not pull NRST low. Look for what pulls NRST low: a short circuit, "
        + "a pressed button, another device on the line, or a supply below the chip's reset threshold.");

    /// <summary>Arranges that the next reset stops the core before its first instruction.</summary>
    internal void PrepareHaltAtReset() => PrepareReset(ExceptionMonitor.TraceEnable | ExceptionMonitor.CatchReset);

    /// <summary>Lets later resets run again.</summary>
    internal void ForgetHaltAtReset() => _memory.WriteWord(DebugRegisters.ExceptionMonitor, (uint)ExceptionMonitor.TraceEnable);

    /// <summary>Also forgets the resets before.</summary>
    private void PrepareReset(ExceptionMonitor monitor)
    {
        var found = _memory.Access(
            WordAccess.Read(DebugRegisters.HaltingControl),
            WordAccess.Write(DebugRegisters.ExceptionMonitor, (uint)monitor),
            WordAccess.Write(DebugRegisters.DebugFault, DebugRegisters.AllDebugFaults));
        if (!CoreState.Decode(found[0]).DebugEnabled)
        {
            WriteHaltingControl(HaltingControl.DebugEnable);
        }
    }

    private (ResetKind Used, CoreState State) Reset(ResetKind kind)
    {
        if (kind != ResetKind.System)
        {
            _probe.DriveReset(low: true);
            _waiter.Wait(PinLowTime, CancellationToken.None);
            _probe.DriveReset(low: false);
            if (WaitForReset(PinRiseLimit) is { } after)
            {
                return (ResetKind.Pin, after);
            }

            if (kind == ResetKind.Pin)
            {
                throw new TargetException(
                    "RESET_NOT_SEEN",
                    "NRST was pulled low and released, but the core saw no reset. Wire the probe's NRST to the chip, or use the system reset.");
            }
        }

        _memory.WriteWord(DebugRegisters.ApplicationReset, DebugRegisters.SystemResetRequest);
        return WaitForReset(ResetLimit) is { } state
            ? (ResetKind.System, state)
            : throw new TargetException(
                "RESET_NOT_SEEN",
                $"A system reset was requested, but the core saw none within {ResetLimit.TotalMilliseconds:0} ms. Switch the target off and on.");
    }

    /// <summary>Waits until a reset was seen and is over.</summary>
    /// <returns>What the core does then; null when none was seen.</returns>
    private CoreState? WaitForReset(TimeSpan limit)
    {
        var end = _waiter.Elapsed + limit;
        var seen = false;
        while (true)
        {
            try
            {
                foreach (var state in LookThrice())
                {
                    if (seen && !state.WasReset)
                    {
                        return state;
                    }

                    seen |= state.WasReset;
                }
            }
            catch (TargetException) when (_waiter.Elapsed < end)
            {
                // Some parts do not answer while they are being reset; the limit decides.
            }

            if (_waiter.Elapsed >= end && !seen)
            {
                return null;
            }

            if (_waiter.Elapsed >= end + ResetLimit)
            {
                throw HeldInReset(limit + ResetLimit);
            }

            if (!seen)
            {
                _waiter.Wait(PollInterval, CancellationToken.None);
            }
        }
    }

    /// <summary>One look sees the reset, the next that it is over, the last what the core does.</summary>
    private IEnumerable<CoreState> LookThrice() => _memory.Access(
        WordAccess.Read(DebugRegisters.HaltingControl),
        WordAccess.Read(DebugRegisters.HaltingControl),
        WordAccess.Read(DebugRegisters.HaltingControl)).Select(CoreState.Decode);
}
