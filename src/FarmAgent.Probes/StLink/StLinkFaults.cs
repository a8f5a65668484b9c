using FarmAgent.Hardware;

namespace FarmAgent.Probes.StLink;

/// <summary>The one table from status codes to what is done about them and to the exception that reports them.</summary>
internal static class StLinkFaults
{
    /// <summary>What to do about a status.</summary>
    public static StLinkReaction ReactionTo(StLinkStatus status) => status switch
    {
        StLinkStatus.Ok => StLinkReaction.Done,
        StLinkStatus.ApWait or StLinkStatus.DpWait or StLinkStatus.CommandWait => StLinkReaction.RetryLater,
        StLinkStatus.ApParity or StLinkStatus.DpParity => StLinkReaction.RetryOnce,
        StLinkStatus.BadAccessPort => StLinkReaction.OpenPort,
        StLinkStatus.DpFault or StLinkStatus.ApWriteDataError or StLinkStatus.ApStickyError or StLinkStatus.ApOverrun => StLinkReaction.ClearSticky,
        _ => StLinkReaction.Fail,
    };

    /// <summary>The exception for a status that stays bad.</summary>
    /// <param name="status">What the probe answered.</param>
    /// <param name="action">What was attempted, as in "halt the core".</param>
    /// <param name="address">Address of a memory access, else null.</param>
    public static FarmException ToException(StLinkStatus status, string action, uint? address)
    {
        var found = $"Could not {action}: the probe answered status 0x{(byte)status:X2}";
        var exception = status switch
        {
            StLinkStatus.ApWait or StLinkStatus.DpWait or StLinkStatus.CommandWait => new TargetException(
                "TARGET_BUS_STALLED",
                $"{found} (wait) on every try. The chip's bus is stalled, by sleep or by a busy flash controller. Reset the target."),
            StLinkStatus.NoDevice or StLinkStatus.IdCodeError or StLinkStatus.UnknownChain => new TargetException(
                "TARGET_NOT_CONNECTED",
                $"{found} (no chip answers on SWD). Check the target's power and the SWDIO, SWCLK and GND wires; "
                + "if its firmware sleeps or reuses the SWD pins, connect under reset with NRST wired."),
            StLinkStatus.DebugPowerError or StLinkStatus.DpError or StLinkStatus.DpFault or StLinkStatus.DpParity or StLinkStatus.ApParity =>
                new TargetException(
                    "TARGET_LINK_LOST",
                    $"{found} (debug port error). The chip lost power, was reset, or the wires are disturbed. Check them, lower the SWD clock, and connect again."),
            StLinkStatus.SpiError or StLinkStatus.DmaError or StLinkStatus.InternalError => new ProbeException(
                "PROBE_INTERNAL_ERROR",
                $"{found} (internal error of the probe). Unplug the probe and plug it in again."),
            StLinkStatus.UnknownCommand => new ProbeException(
                "PROBE_UNSUPPORTED",
                $"{found} (unknown command). The probe's firmware is too old for this; update it."),
            StLinkStatus.CommandError or StLinkStatus.OtherMode => new ProbeException(
                "PROBE_WRONG_MODE",
                $"{found} (command refused in the present mode). Open the session again."),
            _ when address is { } at && IsMemoryFault(status) => new MemoryFaultException(
                at,
                $"{found} (bus fault) at 0x{at:X8}. Nothing is mapped there, the width is not allowed, or the memory is protected; check the address."),
            _ => (FarmException)new TargetException(
                "TARGET_ACCESS_FAILED",
                $"{found}. Reset the target and connect again."),
        };
        return exception.With("status", $"0x{(byte)status:X2}");
    }

    // Old firmware reports a bus fault of a memory command as its unspecific error 01.
    private static bool IsMemoryFault(StLinkStatus status) => status
        is StLinkStatus.Unknown or StLinkStatus.ApFault or StLinkStatus.ApError or StLinkStatus.Fault or StLinkStatus.WriteError
        or StLinkStatus.AlignmentError or StLinkStatus.ApStickyError or StLinkStatus.ApWriteDataError or StLinkStatus.ApOverrun;
}
