using FarmAgent.Flashing.Planning;
using FarmAgent.Hardware;

namespace FarmAgent.Flashing.Programming;

/// <content>Erasing without programming.</content>
public sealed partial class FlashProgrammer
{
    /// <summary>Erases sectors and checks that they are. The core is left halted.</summary>
    /// <param name="range">What to erase, rounded out to whole sectors; null for the whole flash.</param>
    /// <param name="journal">Is told the ranges before the first sector changes.</param>
    /// <param name="progress">Is told how far it is, or null; called on this thread.</param>
    /// <param name="checkFence">Called at each sector; throws a <see cref="FarmException"/> to stop there.</param>
    /// <param name="cancellationToken">Stops at the next sector.</param>
    /// <exception cref="RequestException">The range is not in the flash (<c>RANGE_OUTSIDE_FLASH</c>).</exception>
    /// <exception cref="Probes.TargetException">Protected; nothing was written (<c>READ_PROTECTED</c>, <c>WRITE_PROTECTED</c>).</exception>
    /// <exception cref="FlashInterruptedException">Stopped on the way; says what is undefined.</exception>
    /// <exception cref="FlashException">Failed, or flash is not erased (<c>VERIFY_MISMATCH</c>).</exception>
    public EraseReceipt Erase(
        AddressRange? range,
        IFlashJournal journal,
        IProgress<FlashProgress>? progress,
        Action checkFence,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(checkFence);
        var started = _waiter.Elapsed;
        var sectors = SectorsToErase(range);
        var ranges = AddressRange.Merge(sectors.Select(s => s.Range));
        TakeOver(sectors, checkFence, cancellationToken);
        journal.IntendErase(ranges);
        EraseSectors(sectors, progress, checkFence, cancellationToken);

        var reader = NewReader(VerifyMethod.Auto);
        var blank = FlashPlanner.BlankCrc(_target.Geometry);
        var left = reader.ReadCrcs(sectors).Where(c => c.Value != blank).Select(c => _target.Geometry.Sector(c.Key).Range).ToList();
        if (left.Count > 0)
        {
            throw new FlashException(
                "VERIFY_MISMATCH",
                $"{string.Join(", ", AddressRange.Merge(left))} is not erased although the controller reported no error. Erase again; "
                + "if this comes back, the flash is worn out or the chip is a copy with other sectors.",
                left[0].Start,
                AddressRange.Merge(left));
        }

        return new EraseReceipt(ranges, sectors.Count, reader.Method, _waiter.Elapsed - started);
    }

    private IReadOnlyList<FlashSector> SectorsToErase(AddressRange? range)
    {
        var geometry = _target.Geometry;
        var wanted = range ?? geometry.Range;
        if (wanted.Length < 1 || wanted.Start < geometry.Range.Start || wanted.End > geometry.Range.End)
        {
            throw new RequestException(
                "RANGE_OUTSIDE_FLASH",
                $"{wanted} does not lie in the flash, which is {geometry.Range}. Nothing was written. Correct the range.");
        }

        return geometry.SectorsOf(wanted);
    }

    private void EraseSectors(
        IReadOnlyList<FlashSector> sectors,
        IProgress<FlashProgress>? progress,
        Action checkFence,
        CancellationToken cancellationToken)
    {
        var done = 0;
        try
        {
            _controller.Unlock();
            if (sectors.Count == _target.Geometry.SectorCount)
            {
                _controller.EraseAll();
                done = sectors.Count;
            }

            for (; done < sectors.Count; done++)
            {
                progress?.Report(NewProgress(FlashPhase.Erasing, done, sectors.Count));
                if (AskToStop(checkFence, cancellationToken) is { } stop)
                {
                    _controller.Lock();
                    throw stop;
                }

                _controller.EraseSector(sectors[done]);
            }

            _controller.Lock();
        }
        catch (FarmException e)
        {
            throw Interrupted(e, AddressRange.Merge(sectors.Skip(done).Select(s => s.Range)));
        }

        progress?.Report(NewProgress(FlashPhase.Erasing, done, sectors.Count));
    }
}
