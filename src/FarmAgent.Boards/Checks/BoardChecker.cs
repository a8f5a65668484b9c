using FarmAgent.Boards.Executors;
using FarmAgent.Boards.Safety;
using FarmAgent.Boards.Sessions;
using FarmAgent.Hardware;
using FarmAgent.Probes;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Boards.Checks;

/// <summary>
/// Checks a board's wires without any firmware: the core is halted after a reset, the pins of the chip are driven and read over SWD, the host
/// reads and drives its ends. Names what is open, bridged or stuck. The board is reset into its safe state afterwards.
/// </summary>
/// <param name="keeper">Brings boards into their safe state.</param>
/// <param name="time">Wall time.</param>
public sealed class BoardChecker(SafeStateKeeper keeper, TimeProvider time)
{
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(10);

    /// <summary>Checks a board; the result is kept with it.</summary>
    /// <param name="session">The board.</param>
    /// <param name="token">The right to touch it.</param>
    /// <param name="cancellationToken">Ends it early; the safe state is reached all the same.</param>
    /// <exception cref="BoardException">The lease has ended (<c>LEASE_LOST</c>), or a device is busy.</exception>
    /// <exception cref="RequestException">The board has no probe (<c>PROBE_NOT_DECLARED</c>).</exception>
    public async Task<BoardCheckReport> CheckAsync(BoardSession session, LeaseToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(token);
        session.GetProbe();
        session.Trace.Mark("check of the board begins");
        var steps = new List<CheckStep>();
        try
        {
            await LookAsync(session, token, steps, cancellationToken);
        }
        finally
        {
            // Whatever was driven is let go, also when the lease was lost meanwhile: then the next safe state does it.
            if (token.IsValid)
            {
                await keeper.ApplyAsync(session, token, CancellationToken.None);
            }
        }

        var report = new BoardCheckReport(session.Name, time.GetUtcNow(), steps);
        session.Trace.Mark($"check of the board ended: {(report.IsPassed ? "passed" : string.Join(", ", report.Culprits.Select(c => $"{c.Reason} {c.Subject}")))}");
        session.Remember(report);
        return report;
    }

    private static async Task LookAsync(BoardSession session, LeaseToken token, List<CheckStep> steps, CancellationToken cancellationToken)
    {
        try
        {
            if (!await LookAtSupplyAsync(session, token, steps, cancellationToken))
            {
                return;
            }

            var deviceId = await HaltAsync(session, token, steps, cancellationToken);
            var wires = new CheckedWires(session);
            if (Stm32F1Pins.Fits(deviceId))
            {
                var bench = new WireBench(session, token, wires, StepLimit);
                await new LineChecks(bench, steps).RunAsync(cancellationToken);
                await new BusChecks(bench, steps).RunAsync(cancellationToken);
            }
            else
            {
                steps.Add(new CheckStep("wires", CheckOutcome.Skipped, "", $"How the pins of chip 0x{deviceId:X3} are driven is not known, so no wire was driven."));
            }

            steps.AddRange(wires.Untold.Select(u => new CheckStep(u.Name, CheckOutcome.Skipped, "", $"Not checked: {u.Why}.")));
        }
        catch (ProbeException e)
        {
            steps.Add(new CheckStep("probe", CheckOutcome.Failed, e.Reason, e.Message));
        }
        catch (TargetException e)
        {
            steps.Add(new CheckStep("chip", CheckOutcome.Failed, e.Reason, e.Message));
        }
        catch (HardwareException e)
        {
            steps.Add(new CheckStep("host", CheckOutcome.Failed, e.Reason, e.Message));
        }
    }

    private static async Task<bool> LookAtSupplyAsync(BoardSession session, LeaseToken token, List<CheckStep> steps, CancellationToken cancellationToken)
    {
        var minimum = session.Description.Flash.MinimumVolts;
        var volts = await session.GetProbe().RunOnProbeAsync(token, "measure the supply", (probe, _) => probe.ReadTargetVolts(), StepLimit, cancellationToken);
        var isLow = volts < minimum;
        steps.Add(volts is null
            ? new CheckStep("supply", CheckOutcome.Skipped, "", "The probe cannot measure it.")
            : isLow
                ? new CheckStep("supply", CheckOutcome.Failed, "TARGET_VOLTAGE_LOW", $"The target's supply is {volts:0.00} V, and at least {minimum:0.00} V is needed. Switch the target's power on and check the wire to the probe's VREF pin.")
                : new CheckStep("supply", CheckOutcome.Passed, "", $"{volts:0.00} V"));
        return !isLow;
    }

    /// <summary>Pulls and releases NRST, then stops the core before its first instruction: all pins are inputs from there on.</summary>
    private static async Task<ushort> HaltAsync(BoardSession session, LeaseToken token, List<CheckStep> steps, CancellationToken cancellationToken)
    {
        var probe = session.GetProbe();
        var (deviceId, follows) = await probe.RunAsync(
            token,
            "halt for the check of the wires",
            probe.DefaultOptions with { End = SessionEnd.Halted },
            (debug, stop) =>
            {
                debug.Probe.DriveReset(low: true);
                var held = debug.Core.IsStillInReset(stop);
                debug.Probe.DriveReset(low: false);
                debug.Core.ResetAndHalt();
                return (debug.Identity.DeviceId, held);
            },
            StepLimit,
            cancellationToken);
        steps.Add(follows
            ? new CheckStep("NRST", CheckOutcome.Passed, "", "The chip is in reset while the probe pulls NRST low, and out of it afterwards.")
            : session.Description.Flash.ConnectUnderReset
                ? new CheckStep("NRST", CheckOutcome.Failed, "NRST_OPEN", "The chip does not see the probe pull NRST low, and this board is connected to under reset. Check the wire from the probe's NRST to the chip's.")
                : new CheckStep("NRST", CheckOutcome.Skipped, "", "The chip does not see the probe pull NRST low: the wire is open or not there. Resets go through the core."));
        return deviceId;
    }
}
