using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Diagnosing;

/// <summary>Puts evidence into words.</summary>
internal static class EvidenceText
{
    /// <summary>The facts, in the order in which they exclude causes.</summary>
    public static IReadOnlyList<Evidence> Describe(FailureEvidence e) =>
    [
        new("transfer", Attempt(e)),
        new("bus", Bus(e)),
        .. e.Probe is { } probe ? Probe(probe, e.MinimumVolts) : [new Evidence("probe", "none described for this board")],
        new("flashed", Flashed(e)),
        .. e.Probe?.Core is { } core ? [new Evidence("core", Core(core))] : Array.Empty<Evidence>(),
    ];

    public static string Attempt(FailureEvidence e)
    {
        var what = e.Transfer.Status switch
        {
            I2cTransferStatus.Ok => "answer",
            I2cTransferStatus.AddressNack => "no acknowledge",
            I2cTransferStatus.DataNack => $"data refused after {e.Transfer.BytesWritten} bytes",
            I2cTransferStatus.ArbitrationLost => "arbitration lost",
            I2cTransferStatus.Timeout => "clock held too long",
            I2cTransferStatus.BusStuck => "bus stuck before the address was sent",
            _ => e.Transfer.Errno == 0 ? "adapter fault" : $"adapter fault, errno {e.Transfer.Errno}",
        };
        return $"{what} from {e.Address} on {e.Adapter}";
    }

    private static string Bus(FailureEvidence e)
    {
        var dead = e.DeadAddress is { } address ? $", {address} does not get through either" : "";
        var lines = $"SCL {Level(e.Lines.Scl)}, SDA {Level(e.Lines.Sda)}{dead}";
        return e.AdapterProblem is null ? $"{lines}, adapter {(e.Transfer.Status == I2cTransferStatus.AdapterFault ? "failed" : "ok")}" : $"{lines}, {e.AdapterProblem}";
    }

    private static IEnumerable<Evidence> Probe(ProbeEvidence probe, double minimum)
    {
        if (probe.ProblemReason is not null)
        {
            yield return new Evidence("probe", $"{probe.ProblemReason}: {probe.Problem}");
            yield break;
        }

        yield return new Evidence("probe", probe.IsBusy ? $"{probe.Name}, busy" : probe.Name);
        if (probe.Volts is { } volts)
        {
            yield return new Evidence("supply", $"{volts:0.00} V{(volts < minimum ? $", below {minimum:0.00} V" : "")}");
        }

        if (probe.TargetProblem is { } target)
        {
            yield return new Evidence("core", $"not reached: {target}");
        }
    }

    private static string Flashed(FailureEvidence e)
    {
        if (e.Content.IsProven)
        {
            var proof = e.Content.Proof;
            var digest = proof.ImageSha256.Length > 12 ? proof.ImageSha256[..12] : proof.ImageSha256;
            return $"receipt {proof.ReceiptId} {Age(e.Now - proof.Time)} ago, image {proof.FileName} sha256:{digest}";
        }

        return e.Content.Intent is { } intent ? $"no: {intent.Description} is at work" : $"no: {e.Content.InvalidReason}";
    }

    private static string Core(CoreEvidence core)
    {
        if (core.Reset == ResetFinding.Held)
        {
            return "held in reset: NRST is low, and the probe does not pull it";
        }

        var pc = core.ProgramCounter is { } at ? $", pc 0x{at:X8}" : "";
        var again = core.Reset == ResetFinding.AgainAndAgain ? ", reset again within milliseconds" : "";
        return $"{core.State}{pc}{again}, {core.Faults}";
    }

    private static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 120 } => $"{Math.Max(0, age.TotalSeconds):0} s",
        { TotalMinutes: < 120 } => $"{age.TotalMinutes:0} min",
        { TotalHours: < 48 } => $"{age.TotalHours:0} h",
        _ => $"{age.TotalDays:0} days",
    };

    private static string Level(bool? high) => high switch { true => "high", false => "low", null => "not known" };
}
