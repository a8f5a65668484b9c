using FarmAgent.Hardware;

namespace FarmAgent.Flashing.Programming;

/// <summary>
/// Programming or erasing failed: <c>FLASH_PROGRAM_FAILED</c>, <c>FLASH_ERASE_FAILED</c>, <c>FLASH_STALLED</c>, <c>VERIFY_MISMATCH</c>, or the
/// reason of what interrupted it.
/// </summary>
public class FlashException : FarmException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="reason">Stable name in capitals.</param>
    /// <param name="message">What happened, what was found, what to do next.</param>
    /// <param name="address">Where, if known.</param>
    /// <param name="undefined">Ranges whose content nobody may rely on.</param>
    /// <param name="inner">The cause, if another layer reported it.</param>
    public FlashException(string reason, string message, uint? address, IReadOnlyList<AddressRange> undefined, Exception? inner = null)
        : base(reason, message, inner)
    {
        ArgumentNullException.ThrowIfNull(undefined);
        Address = address;
        Undefined = undefined;
        if (address is { } at)
        {
            With("address", $"0x{at:X8}");
        }

        if (undefined.Count > 0)
        {
            With("undefined", string.Join(", ", undefined));
        }
    }

    /// <summary>Address of the failure, if known.</summary>
    public uint? Address { get; }

    /// <summary>
    /// Ranges whose content nobody may rely on: old, erased, half programmed or new. Empty when nothing was changed. The board is not flashed
    /// until they have been programmed and verified.
    /// </summary>
    public IReadOnlyList<AddressRange> Undefined { get; }
}
