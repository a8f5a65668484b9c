using FarmAgent.Hardware;
using FarmAgent.Hardware.Time;
using FarmAgent.Hardware.Usb;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Probes.Sessions;

/// <summary>
/// An opened probe with the target attached to it. Disposal leaves the core as asked, gives the chip's debug settings back, leaves debug
/// mode and closes the probe, in this order, and never throws because one of them is gone. Not thread-safe: its owner is one device executor.
/// </summary>
public sealed class DebugSession : IDisposable
{
    /// <summary>DBG_SLEEP, DBG_STOP, DBG_STANDBY, DBG_IWDG_STOP and DBG_WWDG_STOP of DBGMCU_CR (RM0008 section 31.16.3).</summary>
    private const uint KeepDebuggable = 0x307;

    private readonly List<string> _warnings = [];
    private readonly bool _foundHalted;
    private readonly ConnectLadder _ladder;
    private readonly double _minimumVolts;
    private uint? _savedDebugSettings;
    private bool _disposed;

    private DebugSession(IDebugProbe probe, IWaiter waiter, DebugSessionOptions options, CancellationToken cancellationToken)
    {
        Probe = probe;
        Core = new CortexMCore(probe, waiter);
        End = options.End;
        _minimumVolts = options.MinimumVolts;
        TargetVolts = probe.ReadTargetVolts();
        _ladder = new ConnectLadder(probe, Core, waiter);
        var connection = _ladder.Climb(options, TargetVolts, cancellationToken);
        Identity = connection.Identity;
        ConnectedUnderReset = connection.UnderReset;
        _foundHalted = !connection.UnderReset && connection.FoundHalted;
        if (connection.FailedSteps.Count > 0)
        {
            _warnings.Add($"Connected only after {connection.FailedSteps.Count} failed steps: {string.Join("; ", connection.FailedSteps)}.");
        }

        if (connection.ResetByRequest)
        {
            _warnings.Add("The probe's NRST does not reset the chip, so the core was asked to reset itself after the firmware had run: wire NRST to connect under reset.");
        }

        if (TargetVolts < options.MinimumVolts)
        {
            _warnings.Add($"The target's supply reads {TargetVolts:0.00} V, below {options.MinimumVolts:0.00} V: check the wire to the probe's VREF pin.");
        }

        KeepAwake(connection);
    }

    /// <summary>The probe.</summary>
    public IDebugProbe Probe { get; }

    /// <summary>The target's core.</summary>
    public CortexMCore Core { get; }

    /// <summary>The target's memory.</summary>
    public IMemoryAccess Memory => Probe.Memory;

    /// <summary>What the chip says of itself.</summary>
    public TargetIdentity Identity { get; private set; }

    /// <summary>Supply of the target in volts when the session began, or null when the probe cannot tell.</summary>
    public double? TargetVolts { get; }

    /// <summary>True when the target had to be reset to connect; its core is halted at the reset vector then.</summary>
    public bool ConnectedUnderReset { get; }

    /// <summary>What was degraded but done, in words.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What the core does when the session ends.</summary>
    public SessionEnd End { get; set; }

    /// <summary>Opens the one probe that a selector names and attaches to its target.</summary>
    /// <param name="usb">The host's USB devices.</param>
    /// <param name="selector">Which probe.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="waiter">The bench's clock.</param>
    /// <param name="cancellationToken">Ends the attempts between two steps.</param>
    /// <exception cref="ProbeException">See <see cref="ProbeCatalog.Open"/>.</exception>
    /// <exception cref="TargetException">Nothing answers (<c>TARGET_NOT_CONNECTED</c>, <c>TARGET_HELD_IN_RESET</c>, <c>TARGET_VOLTAGE_LOW</c>).</exception>
    public static DebugSession Open(
        IUsbEnumerator usb,
        ProbeSelector selector,
        DebugSessionOptions options,
        IWaiter waiter,
        CancellationToken cancellationToken) =>
        Open(ProbeCatalog.Open(usb, selector, waiter), options, waiter, cancellationToken);

    /// <summary>Attaches to the target of an opened probe and takes the probe over, also when it fails.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="waiter">The bench's clock.</param>
    /// <param name="cancellationToken">Ends the attempts between two steps.</param>
    /// <exception cref="TargetException">Nothing answers (<c>TARGET_NOT_CONNECTED</c>, <c>TARGET_HELD_IN_RESET</c>, <c>TARGET_VOLTAGE_LOW</c>).</exception>
    public static DebugSession Open(IDebugProbe probe, DebugSessionOptions options, IWaiter waiter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(waiter);
        DebugSession? session = null;
        try
        {
            session = new DebugSession(probe, waiter, options, cancellationToken);
            return session;
        }
        finally
        {
            if (session is null)
            {
                probe.Dispose();
            }
        }
    }

    /// <summary>Asks the chip again who it is, after replies were found out of step.</summary>
    /// <exception cref="TargetException">What answers is no Arm core (<c>TARGET_NOT_CONNECTED</c>).</exception>
    public void IdentifyAgain() => Identity = _ladder.Identify();

    /// <summary>Blames the supply or the reset for a target that was lost, where the supply is too low now or the chip is held in reset.</summary>
    /// <param name="failure">What failed.</param>
    /// <returns>A <c>TARGET_VOLTAGE_LOW</c> or <c>TARGET_HELD_IN_RESET</c>, or the failure as it was.</returns>
    public FarmException Explain(FarmException failure)
    {
        if (failure is not TargetException)
        {
            return failure;
        }

        try
        {
            if (Probe.ReadTargetVolts() is { } volts && volts < _minimumVolts)
            {
                return new TargetException(
                    "TARGET_VOLTAGE_LOW",
                    $"The target was lost, and its supply is {volts:0.00} V where at least {_minimumVolts:0.00} V is needed. "
                    + "Switch the target's power on, and check why it went down.",
                    failure).With("volts", $"{volts:0.00}");
            }

            Core.RequireOutOfReset();
            return failure;
        }
        catch (TargetException e) when (e.Reason == "TARGET_HELD_IN_RESET")
        {
            return e;
        }
        catch (FarmException)
        {
            // What cannot be asked explains nothing.
            return failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            LeaveCore();
        }
        catch (FarmException)
        {
            // A target or probe that is gone cannot be put in order; closing is all that is left.
        }
        finally
        {
            Probe.Dispose();
        }
    }

    /// <summary>Keeps the debug port alive while the firmware sleeps, and watchdogs quiet while the core is halted.</summary>
    private void KeepAwake(Connection connection)
    {
        if (Identity.DeviceIdCode == 0)
        {
            return;
        }

        var address = SettingsAddress;
        var found = connection.DebugSettings;
        if ((found & KeepDebuggable) != KeepDebuggable)
        {
            _savedDebugSettings = found;
            WriteTwiceIfLost(address, found | KeepDebuggable);
        }
    }

    /// <summary>Writes a register to which the same value may be written twice.</summary>
    private void WriteTwiceIfLost(uint address, uint value)
    {
        try
        {
            Memory.WriteWord(address, value);
        }
        catch (ProbeException e) when (e.Reason == "PROBE_REPLY_LOST")
        {
            Memory.WriteWord(address, value);
        }
    }

    private uint SettingsAddress => TargetIdentity.DeviceIdAddress(Identity.CpuId) + 4;

    // These bits outlive every reset but power-on: left behind they would change how much current a sleeping firmware draws.
    private WordAccess[] RestoredSettings => _savedDebugSettings is { } settings ? [WordAccess.Write(SettingsAddress, settings)] : [];

    private void LeaveCore()
    {
        var halted = End switch
        {
            SessionEnd.Halted => true,
            SessionEnd.Running => false,
            _ => _foundHalted,
        };
        if (!halted)
        {
            Core.ReleaseRunning(RestoredSettings);
            return;
        }

        Memory.Access(RestoredSettings);
        if (!Core.ReadState().IsHalted)
        {
            Core.Halt();
        }
    }
}
