using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Diagnosing;

/// <summary>
/// Names the culprit of a failed exchange with the device under test. What cannot be the firmware's fault is excluded first: adapter, bus
/// lines, probe, supply, the content of the flash. Only what is left is the firmware's. Pure.
/// </summary>
public static class FailureDiagnosis
{
    /// <summary>Decides.</summary>
    /// <param name="evidence">What was looked at.</param>
    public static Diagnosis Decide(FailureEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var facts = EvidenceText.Describe(evidence);
        var (verdict, reason, finding, next) = DecideBench(evidence) ?? DecideFlash(evidence) ?? DecideFirmware(evidence);
        return new Diagnosis(verdict, reason, $"{EvidenceText.Attempt(evidence)}. {finding} {next}", facts);
    }

    private static (Verdict, string, string, string)? DecideBench(FailureEvidence e)
    {
        if (e.AdapterProblem is { } adapter)
        {
            return (Verdict.Error, "I2C_ADAPTER_FAULT", "The adapter cannot be used:", adapter);
        }

        if (e.Transfer.Status == I2cTransferStatus.BusStuck || e.Lines.Scl == false || e.Lines.Sda == false)
        {
            var low = (e.Lines.Scl, e.Lines.Sda) switch
            {
                (false, false) => "SCL and SDA are held low",
                (false, _) => "SCL is held low",
                (_, false) => "SDA is held low",
                _ => "A line was held low when the transfer was to begin",
            };
            return (Verdict.Error, "I2C_BUS_STUCK", $"{low}, so nothing can be sent on {e.Adapter}.", "Reset or power-cycle what hangs on the bus, and look for a short circuit.");
        }

        if (e.DeadAddress is { } dead)
        {
            return (Verdict.Error, "I2C_BUS_STUCK", $"The lines are high while idle, but {dead}, which no device of the board has, does not get through either: it is the lines of {e.Adapter}.", "Look for a short circuit between SDA and SCL or to another wire, and for missing pull-ups.");
        }

        if (e.Transfer.Status is I2cTransferStatus.AdapterFault or I2cTransferStatus.ArbitrationLost)
        {
            var errno = e.Transfer.Errno == 0 ? "" : $" (errno {e.Transfer.Errno})";
            return e.Transfer.Status == I2cTransferStatus.AdapterFault
                ? (Verdict.Error, "I2C_ADAPTER_FAULT", $"The adapter {e.Adapter} itself failed{errno}.", "Look into the kernel log of the host, and check that nobody else uses the adapter.")
                : (Verdict.Error, "I2C_ARBITRATION_LOST", $"Another controller took the bus {e.Adapter}{errno}.", "Find who else drives this bus, or look for noise on its wires.");
        }

        if (e.Instrument is { } instrument)
        {
            // What is on the chip under test has no say in whether an instrument of the bench answers.
            return (Verdict.Error, "INSTRUMENT_SILENT", $"{instrument.Kind} '{instrument.Name}' belongs to the bench and did not answer.", "Check its power and its wires, or correct its address in the board's file.");
        }

        return e.Probe is null ? null : DecideProbe(e, e.Probe);
    }

    private static (Verdict, string, string, string)? DecideProbe(FailureEvidence e, ProbeEvidence probe)
    {
        if (probe.ProblemReason is not null)
        {
            // A probe that is not there is the same to its board whether it went during the exchange or before.
            return probe.ProblemReason is "PROBE_NOT_FOUND" or "PROBE_DISCONNECTED"
                ? (Verdict.Error, "PROBE_DISCONNECTED", $"The board's probe is not plugged in: {probe.Problem}", "Then repeat the run.")
                : (Verdict.Error, probe.ProblemReason, $"The board's probe cannot be used: {probe.Problem}", "Then repeat the run.");
        }

        if (probe.Volts is { } volts && volts < e.MinimumVolts)
        {
            return (Verdict.Error, "TARGET_VOLTAGE_LOW", $"The target's supply is {volts:0.00} V, and at least {e.MinimumVolts:0.00} V is needed.", "Switch the target's power on and check the wire to the probe's VREF pin.");
        }

        return probe.Core is { Reset: ResetFinding.Held }
            ? (Verdict.Error, "TARGET_HELD_IN_RESET", "The chip is held in reset, so its firmware cannot run.", "Look for what pulls NRST low: a short circuit, a pressed button, another device on the line.")
            : null;
    }

    private static (Verdict, string, string, string)? DecideFlash(FailureEvidence e)
    {
        if (e.Content.IsProven)
        {
            return null;
        }

        var why = e.Content.Intent is { } intent ? $"{intent.Description} is at work" : e.Content.InvalidReason;
        var undefined = e.Content.Undefined.Count == 0 ? "" : $", undefined: {string.Join(", ", e.Content.Undefined)}";
        return (Verdict.Error, "BOARD_NOT_FLASHED", $"No valid receipt says what is on the chip ({why}{undefined}).", $"Flash the image under test: farmctl --board {e.Board} flash IMAGE.");
    }

    private static (Verdict, string, string, string) DecideFirmware(FailureEvidence e)
    {
        if (e.Probe is { TargetProblem: { } problem })
        {
            return (Verdict.Error, "TARGET_UNREACHABLE", $"The chip does not answer the probe either: {problem}", "Check its power and wires; nothing may hold NRST low, and firmware that turns the debug pins off is reached under reset.");
        }

        if (e.Probe?.Core is { } core)
        {
            if (core.IsCrashed)
            {
                var how = core.State.IsLockedUp ? "is locked up" : $"is in its fault handler (exception {core.Faults.ActiveException})";
                return (Verdict.Fail, "DUT_CRASHED", $"The core {how}: {core.Faults}.", "Look for the fault in the firmware; the address of the access or of the instruction says where.");
            }

            if (core.Reset == ResetFinding.AgainAndAgain)
            {
                return (Verdict.Fail, "DUT_RESETTING", "The chip is reset again within milliseconds, so the firmware does not come to its work.", "Look for a watchdog that is not served, or a reset that the firmware asks for itself (flags of RCC_CSR); then for noise on NRST.");
            }

            if (core.State.IsHalted)
            {
                return (Verdict.Error, "DUT_HALTED", "The core was stopped by a debugger, so the firmware could not answer.", $"Let it run: farmctl --board {e.Board} reset.");
            }
        }

        if (e.Transfer.Status == I2cTransferStatus.DataNack)
        {
            return (Verdict.Fail, "DUT_REFUSED_DATA", $"It acknowledged its address, but refused byte {e.Transfer.BytesWritten + 1}. The bench is in order.", "Look into the firmware: it refuses this register or value.");
        }

        if (e.Transfer.Status == I2cTransferStatus.Timeout)
        {
            return (Verdict.Fail, "DUT_SILENT", "It held the clock longer than the limit, and has released it since. The bench is in order.", "Look into the firmware: its I2C handler does not come to an end in time.");
        }

        if (e.WireFault is { } wire)
        {
            return (Verdict.Error, wire.Reason, $"The last check of the board found a broken wire, and nobody has mended it since. {wire.Text}", $"Then: farmctl --board {e.Board} boards restore.");
        }

        var running = e.Probe is { IsBusy: true } ? "What the core does is not known: the probe was busy"
            : e.Probe?.Core is { } c ? $"The image under test is on the chip, the core is {c.State}, the bus is idle" : "The image under test is on the chip, and the bus is idle";
        return (Verdict.Fail, "DUT_SILENT", $"{running}.", "Firmware or wiring: check that the firmware serves this address, then SDA and SCL.");
    }
}
