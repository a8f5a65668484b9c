namespace FarmAgent.Flashing.Programming;

/// <summary>
/// A flash ended before its end: by cancellation (<c>FLASH_INTERRUPTED</c>), because the fence closed (the reason it gave), or because the
/// probe or the target was lost (<c>PROBE_DISCONNECTED</c>, <c>TARGET_LINK_LOST</c>, ...).
/// </summary>
public sealed class FlashInterruptedException : FlashException
{
    /// <summary>Makes the report of an interruption.</summary>
    /// <param name="reason">Stable name in capitals.</param>
    /// <param name="message">What happened, what was found, what to do next.</param>
    /// <param name="undefined">Ranges whose content nobody may rely on.</param>
    /// <param name="inner">The cause.</param>
    public FlashInterruptedException(string reason, string message, IReadOnlyList<AddressRange> undefined, Exception? inner)
        : base(reason, message, null, undefined, inner)
    {
    }
}
