namespace FarmAgent.Probes.StLink;

/// <summary>The probe was in its firmware loader and dropped off the bus when told to leave it: it comes back with its application.</summary>
/// <param name="cause">What the first transfer after it met.</param>
internal sealed class StLinkRestartException(ProbeException cause)
    : ProbeException("PROBE_RESTARTING", $"The probe left its firmware loader and is starting. {cause.Message}", cause);
