using FarmAgent.Hardware.Time;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Probes.Sessions;

/// <summary>How the connection was made.</summary>
/// <param name="Identity">What answered.</param>
/// <param name="UnderReset">True when the target had to be reset for it; the core is halted at its reset vector then.</param>
/// <param name="FailedSteps">What was tried before in vain.</param>
internal sealed record Connection(TargetIdentity Identity, bool UnderReset, IReadOnlyList<string> FailedSteps)
{
    /// <summary>True when NRST did nothing, and the reset was requested from the core instead.</summary>
    public bool ResetByRequest { get; init; }

    /// <summary>True when the core was halted when it was attached to.</summary>
    public bool FoundHalted { get; init; }

    /// <summary>DBGMCU_CR as it was found; 0 for a chip that says no device number.</summary>
    public uint DebugSettings { get; init; }
}

/// <summary>Connects by steps that disturb more and more: attach to the running core, then under reset, then both with slower clocks.</summary>
internal sealed class ConnectLadder(IDebugProbe probe, CortexMCore core, IWaiter waiter)
{
    private const uint ArmImplementer = 0x41;
    private static readonly int[] SlowerKilohertz = [480, 100];
    private static readonly TimeSpan NrstSettle = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan UnderResetLimit = TimeSpan.FromMilliseconds(100);

    private bool _foundHalted;
    private uint _debugSettings;

    /// <summary>Climbs until a step works.</summary>
    /// <exception cref="TargetException">None worked (<c>TARGET_NOT_CONNECTED</c>, <c>TARGET_HELD_IN_RESET</c> or <c>TARGET_VOLTAGE_LOW</c>).</exception>
    public Connection Climb(DebugSessionOptions options, double? volts, CancellationToken cancellationToken)
    {
        var failed = new List<string>();
        TargetException? last = null;
        int[] clocks = [options.SwdKilohertz, .. SlowerKilohertz.Where(k => k < options.SwdKilohertz)];
        var tried = new HashSet<int>();
        foreach (var clock in clocks)
        {
            // Old firmware has one clock only.
            var actual = probe.SetSwdKilohertz(clock);
            foreach (var underReset in tried.Add(actual) ? Steps(options) : [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (identity, resetByRequest, problem) = Try(underReset);
                if (problem is not null && probe.Resynchronise())
                {
                    // What failed was judged by replies of other commands.
                    (identity, resetByRequest, problem) = Try(underReset);
                }

                if (identity is { } found)
                {
                    return new Connection(found, underReset, failed) { ResetByRequest = resetByRequest, FoundHalted = _foundHalted, DebugSettings = _debugSettings };
                }

                last = problem;
                failed.Add($"{(underReset ? "under reset" : "attach")} at {actual} kHz: {problem?.Reason}");
            }
        }

        throw Failure(options, volts, failed, last);
    }

    private (TargetIdentity? Identity, bool ResetByRequest, TargetException? Problem) Try(bool underReset, bool repeated = false)
    {
        try
        {
            var resetByRequest = false;
            var identity = underReset ? ConnectUnderReset(out resetByRequest) : Attach();
            return (identity, resetByRequest, null);
        }
        catch (TargetException e)
        {
            return (null, false, e);
        }
        catch (ProbeException e) when (e.Reason == "PROBE_REPLY_LOST" && !repeated)
        {
            // The connection is in step again, and nothing of a step does harm twice.
            return Try(underReset, repeated: true);
        }
    }

    private static bool[] Steps(DebugSessionOptions options) =>
        options.UnderReset ? [true] : options.AllowReset ? [false, true] : [false];

    private static TargetException Failure(DebugSessionOptions options, double? volts, List<string> failed, TargetException? last)
    {
        var tried = $"Tried {string.Join("; ", failed)}.";
        if (volts is { } measured && measured < options.MinimumVolts)
        {
            var low = new TargetException(
                "TARGET_VOLTAGE_LOW",
                $"The target does not answer, and its supply is {measured:0.00} V where at least {options.MinimumVolts:0.00} V is needed. {tried} "
                + "Switch the target's power on and check the wire to the probe's VREF pin.",
                last);
            low.With("volts", $"{measured:0.00}");
            return low;
        }

        if (last is { Reason: "TARGET_HELD_IN_RESET" })
        {
            return new TargetException(last.Reason, $"{last.Message} {tried}", last);
        }

        var supply = volts is { } v ? $" Its supply is {v:0.00} V." : string.Empty;
        return new TargetException(
            "TARGET_NOT_CONNECTED",
            $"No chip answers on SWD.{supply} {tried} Check the SWDIO, SWCLK, GND and NRST wires and the target's power; "
            + "for firmware that turns the debug pins off, hold its reset button or set BOOT0 and try again.",
            last);
    }

    private TargetIdentity Attach()
    {
        probe.EnterSwd();
        var state = core.ReadState();
        _foundHalted = state.IsHalted;
        return Identify(enableDebug: !state.DebugEnabled);
    }

    private TargetIdentity ConnectUnderReset(out bool resetByRequest)
    {
        try
        {
            // Some firmware of the probe knows the pin only after it has entered debug mode: hence twice.
            DriveLowIfPossible();
            probe.EnterSwd();
            probe.DriveReset(low: true);
            waiter.Wait(NrstSettle, CancellationToken.None);
            core.PrepareHaltAtReset();

            // The core says that it is in reset as long as it is.
            resetByRequest = !core.ReadState().WasReset;
        }
        finally
        {
            probe.DriveReset(low: false);
        }

        if (resetByRequest)
        {
            core.ResetAndHalt(ResetKind.System);
            return Identify();
        }

        WaitHaltedAtReset();
        core.ForgetHaltAtReset();
        return Identify();
    }

    private void WaitHaltedAtReset()
    {
        try
        {
            core.WaitHalted(UnderResetLimit, CancellationToken.None);
        }
        catch (TargetException e) when (e.Reason == "CORE_NOT_HALTED")
        {
            if (core.IsStillInReset(CancellationToken.None))
            {
                throw CortexMCore.HeldInReset(UnderResetLimit);
            }

            throw;
        }
    }

    private void DriveLowIfPossible()
    {
        try
        {
            probe.DriveReset(low: true);
            waiter.Wait(NrstSettle, CancellationToken.None);
        }
        catch (ProbeException e) when (e.Reason == "PROBE_WRONG_MODE")
        {
            // Not before debug mode on this firmware.
        }
    }

    /// <summary>Asks the chip who it is.</summary>
    /// <param name="enableDebug">True to enable halting debug, which leaves the running core running.</param>
    /// <exception cref="TargetException">What answers is no Arm core (<c>TARGET_NOT_CONNECTED</c>).</exception>
    public TargetIdentity Identify(bool enableDebug = false)
    {
        var debugPort = probe.ReadDebugPortId();
        var cpu = probe.Memory.ReadWord(DebugRegisters.CpuId);
        if (cpu >> 24 != ArmImplementer)
        {
            throw new TargetException(
                "TARGET_NOT_CONNECTED",
                $"CPUID reads 0x{cpu:X8}, which is no Arm core: the chip is held in reset, unpowered, or the wires are disturbed. Check them.");
        }

        return new TargetIdentity(debugPort, cpu, ReadDeviceId(cpu, enableDebug));
    }

    private uint ReadDeviceId(uint cpu, bool enableDebug)
    {
        var address = TargetIdentity.DeviceIdAddress(cpu);
        WordAccess[] enable = enableDebug ? [WordAccess.Write(DebugRegisters.HaltingControl, (uint)(HaltingControl.Key | HaltingControl.DebugEnable))] : [];
        try
        {
            var values = probe.Memory.Access([.. enable, WordAccess.Read(address), WordAccess.Read(address + 4)]);
            _debugSettings = values[^1];
            return values[^2];
        }
        catch (MemoryFaultException)
        {
            _debugSettings = 0;
            probe.Memory.Access(enable);
            return 0;
        }
    }
}
