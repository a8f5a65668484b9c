using FarmAgent.Hardware;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Programming;

/// <content>Option bytes: protections and what the chip does at reset.</content>
public sealed partial class FlashProgrammer
{
    /// <summary>The option bytes as they are in force. The core is left as it is.</summary>
    public OptionBytes ReadOptionBytes() => _controller.ReadOptionBytes();

    /// <summary>The ranges that option bytes write-protect.</summary>
    /// <param name="options">The option bytes.</param>
    public IReadOnlyList<AddressRange> ProtectedRanges(OptionBytes options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _controller.ProtectedRanges(options.WriteProtection);
    }

    /// <summary>The write protection of all units of 4 KiB that ranges touch, and of no others.</summary>
    /// <param name="ranges">Ranges of the flash; none for no protection.</param>
    /// <exception cref="RequestException">One is not in the flash (<c>RANGE_OUTSIDE_FLASH</c>).</exception>
    public uint WriteProtectionOf(IReadOnlyList<AddressRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return _controller.ProtectionOf(ranges.SelectMany(r => SectorsToErase(r)).Select(s => s.Range));
    }

    /// <summary>Changes option bytes, resets the chip and looks whether they are in force. The firmware runs afterwards.</summary>
    /// <param name="change">Gives all that are wanted from those in force.</param>
    /// <param name="accepted">What may be lost.</param>
    /// <param name="journal">Is told before the content of the flash is given up.</param>
    /// <param name="checkFence">Called before anything is written; throws a <see cref="FarmException"/> to stop there.</param>
    /// <param name="cancellationToken">Stops before anything is written; later it would leave the chip protected.</param>
    /// <returns>What is in force now.</returns>
    /// <exception cref="RequestException">It would lose what was not accepted; nothing was written (<c>LOSS_NOT_ACCEPTED</c>).</exception>
    /// <exception cref="Probes.TargetException">Read-protected, and to stay so (<c>READ_PROTECTED</c>).</exception>
    /// <exception cref="FlashException">They are not in force after the reset (<c>OPTION_BYTES_NOT_SET</c>), or it failed on the way.</exception>
    public OptionBytes ChangeOptionBytes(
        Func<OptionBytes, OptionBytes> change, AcceptedLoss accepted, IFlashJournal journal, Action checkFence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(checkFence);
        cancellationToken.ThrowIfCancellationRequested();
        checkFence();
        var present = _controller.ReadOptionBytes();
        var wanted = change(present);
        if (wanted == present)
        {
            return present;
        }

        RequireAccepted(present, wanted, accepted);
        var loses = present.ReadProtected && !wanted.ReadProtected;
        IReadOnlyList<AddressRange> lost = loses ? [_target.Geometry.Range] : [];
        _session.Core.ResetAndHalt();
        _session.End = SessionEnd.Running;
        if (loses)
        {
            journal.IntendErase(lost);
        }

        try
        {
            _controller.Unlock();
            _controller.WriteOptionBytes(wanted);
            _session.Core.ResetAndRun();
        }
        catch (FarmException e)
        {
            throw new FlashException(
                e.Reason,
                $"{e.Message} The option bytes may be half written, which protects the chip. Look with farmctl option-bytes show, and set them again.",
                null,
                lost,
                e);
        }

        var found = _controller.ReadOptionBytes();
        return found == wanted ? found : throw new FlashException(
            "OPTION_BYTES_NOT_SET",
            $"After the reset the option bytes are {found}, not {wanted}. Switch the target off and on, then look with farmctl option-bytes show.",
            null,
            lost);
    }

    private void RequireAccepted(OptionBytes present, OptionBytes wanted, AcceptedLoss accepted)
    {
        if (present.ReadProtected && wanted.ReadProtected)
        {
            _controller.RequireUnprotected([]);
        }

        var (needed, what) = (present.ReadProtected, wanted.ReadProtected) switch
        {
            (true, false) => (AcceptedLoss.FlashContent, "Taking the read protection away erases the whole flash"),
            (false, true) => (AcceptedLoss.FlashAccess,
                "With read protection no debugger, this agent included, can read or program the flash any more until the protection is taken away, which erases it"),
            _ => (AcceptedLoss.None, string.Empty),
        };
        if (needed != AcceptedLoss.None && needed != accepted)
        {
            throw new RequestException(
                "LOSS_NOT_ACCEPTED",
                $"{what}. Nothing was written. Accept that by name: {(needed == AcceptedLoss.FlashContent ? "--accept-loss-of-content" : "--accept-loss-of-access")}.");
        }
    }
}
