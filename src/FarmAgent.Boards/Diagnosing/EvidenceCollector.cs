using FarmAgent.Boards.Executors;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;
using FarmAgent.Probes;
using FarmAgent.Probes.Cortex;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Boards.Diagnosing;

/// <summary>
/// Looks at everything that can tell whose fault a failed exchange is. It never resets the device under test and leaves its core as it was
/// found; every look is bounded, and one that fails is evidence itself.
/// </summary>
/// <param name="contents">What is known of flashes.</param>
/// <param name="time">Wall time.</param>
public sealed class EvidenceCollector(IFlashContentSource contents, TimeProvider time)
{
    /// <summary>Program counter sample (DWT_PCSR, ARMv7-M ARM section C1.8.4): all ones when the core is halted or sleeps in WFI.</summary>
    private const uint ProgramCounterSample = 0xE000_101C;

    private const int ExecutionLooks = 8;

    private static readonly TimeSpan ControlLimit = TimeSpan.FromMilliseconds(100);

    /// <summary>Gathers evidence and decides.</summary>
    /// <param name="session">The board.</param>
    /// <param name="token">The right to touch it.</param>
    /// <param name="bus">The adapter.</param>
    /// <param name="address">Address that was asked.</param>
    /// <param name="transfer">How the exchange ended.</param>
    /// <param name="cancellationToken">Ends the gathering.</param>
    /// <exception cref="BoardException">The lease has ended (<c>LEASE_LOST</c>).</exception>
    public async Task<Diagnosis> DiagnoseAsync(
        BoardSession session, LeaseToken token, BoardI2cBus bus, I2cAddress address, I2cTransferResult transfer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(bus);
        var (lines, deadAddress, adapterProblem) = await LookAtBusAsync(session, token, bus, address, transfer, cancellationToken);
        var probe = session.Probe is { } described ? await LookThroughProbeAsync(session, token, described, cancellationToken) : null;
        token.Check();
        return FailureDiagnosis.Decide(new FailureEvidence
        {
            Board = session.Name,
            Adapter = bus.Description.Name,
            Address = address,
            Instrument = bus.Description.Devices.FirstOrDefault(d => d.Address == address && d.IsInstrument),
            Transfer = transfer,
            Lines = lines,
            DeadAddress = deadAddress,
            AdapterProblem = adapterProblem,
            Probe = probe,
            WireFault = session.Quarantine is not null && session.LastCheck?.Culprits.FirstOrDefault() is { } culprit ? (culprit.Reason, $"{culprit.Subject}: {culprit.Text}") : null,
            Content = contents.Get(session.Name),
            MinimumVolts = session.Description.Flash.MinimumVolts,
            Now = time.GetUtcNow(),
        });
    }

    private static async Task<(I2cLineLevels, I2cAddress?, string?)> LookAtBusAsync(
        BoardSession session, LeaseToken token, BoardI2cBus bus, I2cAddress asked, I2cTransferResult transfer, CancellationToken cancellationToken)
    {
        // On a bus that boards share, an address of nobody that is known here may be another board's.
        var control = transfer.Status == I2cTransferStatus.Timeout && !bus.Description.Shared ? FindControlAddress(bus, asked) : null;
        try
        {
            var (lines, dead) = await bus.RunAsync(
                token, "look at the bus lines", (b, _) => LookAtLines(b, control), session.Options.EvidenceLimit, cancellationToken);
            return (lines, dead ? control : null, null);
        }
        catch (HardwareException e)
        {
            return (default, null, e.Message);
        }
        catch (BoardException e) when (e.Reason != "LEASE_LOST")
        {
            return (default, null, e.Message);
        }
    }

    /// <summary>A device may hold the clock after its own address only: one that nobody has gets through, unless the lines are at fault.</summary>
    private static (I2cLineLevels Lines, bool IsDead) LookAtLines(II2cBus bus, I2cAddress? control)
    {
        var lines = bus.ReadLines();
        return control is { } address && lines is { Scl: not false, Sda: not false }
            ? (lines, bus.Transfer(address, [], [], ControlLimit).Status is I2cTransferStatus.Timeout or I2cTransferStatus.BusStuck)
            : (lines, false);
    }

    private static I2cAddress? FindControlAddress(BoardI2cBus bus, I2cAddress asked)
    {
        for (byte value = 0x77; value >= 0x08; value--)
        {
            var address = new I2cAddress(value);
            if (address != asked && bus.Description.Devices.All(d => d.Address != address))
            {
                return address;
            }
        }

        return null;
    }

    private static async Task<ProbeEvidence> LookThroughProbeAsync(
        BoardSession session, LeaseToken token, BoardProbe probe, CancellationToken cancellationToken)
    {
        var presence = probe.Refresh();
        if (presence.Info is null)
        {
            return new ProbeEvidence { ProblemReason = "PROBE_NOT_FOUND", Problem = presence.Absence };
        }

        var name = presence.Info.ToString();
        try
        {
            return await probe.RunOnProbeAsync(
                token, "look at the core", (opened, stop) => Look(session, probe, opened, name, stop), session.Options.EvidenceLimit, cancellationToken);
        }
        catch (ProbeException e)
        {
            return new ProbeEvidence { Name = name, ProblemReason = e.Reason, Problem = e.Message };
        }
        catch (HardwareException e)
        {
            return new ProbeEvidence { Name = name, ProblemReason = e.Reason, Problem = e.Message };
        }
        catch (BoardException e) when (e.Reason is "DEVICE_BUSY" or "DEVICE_QUEUE_FULL" or "DEVICE_TIMEOUT")
        {
            return new ProbeEvidence { Name = name, IsBusy = true };
        }
        catch (BoardException e) when (e.Reason is "DEVICE_HUNG")
        {
            return new ProbeEvidence { Name = name, ProblemReason = e.Reason, Problem = e.Message };
        }
    }

    private static ProbeEvidence Look(BoardSession session, BoardProbe probe, IDebugProbe opened, string name, CancellationToken stop)
    {
        double? volts = null;
        try
        {
            volts = opened.ReadTargetVolts();
            using var debug = session.Attach(opened, probe.LookOnly, stop);
            var state = debug.Core.ReadState();
            var counter = state.IsHalted ? debug.Core.ReadRegister(CoreRegister.Pc) : SampleCounter(debug);
            var reset = debug.Core.IsStillInReset(stop) ? ExecutesAnything(debug) ? ResetFinding.AgainAndAgain : ResetFinding.Held : ResetFinding.None;
            return new ProbeEvidence { Name = name, Volts = volts, Core = new CoreEvidence(state, debug.Core.ReadFaults(), counter) { Reset = reset } };
        }
        catch (TargetException e)
        {
            return new ProbeEvidence { Name = name, Volts = volts, TargetProblem = e.Message };
        }
    }

    /// <summary>A core that is held in reset stays where it is; one whose firmware or watchdog resets it within milliseconds is seen at several places.</summary>
    private static bool ExecutesAnything(DebugSession debug)
    {
        var seen = new HashSet<uint>();
        for (var i = 0; i < ExecutionLooks; i++)
        {
            if (SampleCounter(debug) is { } at)
            {
                seen.Add(at);
            }
        }

        return seen.Count > 1;
    }

    private static uint? SampleCounter(DebugSession debug)
    {
        try
        {
            // The sampling unit is only there with trace enabled; the end of the session turns it off again.
            debug.Core.CatchHardFaults(enabled: false);
            var sample = debug.Memory.ReadWord(ProgramCounterSample);
            return sample is 0 or uint.MaxValue ? null : sample;
        }
        catch (MemoryFaultException)
        {
            // Not every core has the unit.
            return null;
        }
    }
}
