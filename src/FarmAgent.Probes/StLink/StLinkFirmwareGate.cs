namespace FarmAgent.Probes.StLink;

/// <summary>Refuses what a probe's firmware cannot do, with what would do it.</summary>
internal static class StLinkFirmwareGate
{
    /// <summary>The exception for a firmware that is older than what is asked of it.</summary>
    /// <param name="probe">Which probe, for people.</param>
    /// <param name="found">Its firmware.</param>
    /// <param name="needed">First firmware that can, for example <c>V2J24</c>.</param>
    /// <param name="purpose">What it is needed for, as in "half-word access".</param>
    public static ProbeException TooOld(ProbeInfo probe, StLinkVersion found, string needed, string purpose)
    {
        var exception = new ProbeException(
            "PROBE_FIRMWARE_TOO_OLD",
            $"{probe} has firmware {found}; {needed} or newer is needed for {purpose}. Update the probe's firmware with ST's upgrade tool, or use another probe.");
        exception.With("found", found.ToString()).With("needed", needed);
        return exception;
    }
}
