namespace FarmAgent.Probes.Cortex;

/// <summary>How to reset the target.</summary>
public enum ResetKind
{
    /// <summary>By the NRST pin, and by the system reset request if the pin turns out not to be wired.</summary>
    Auto,

    /// <summary>By the NRST pin only.</summary>
    Pin,

    /// <summary>By the system reset request (AIRCR.SYSRESETREQ) only.</summary>
    System,
}
