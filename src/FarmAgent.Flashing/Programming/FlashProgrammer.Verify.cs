using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Planning;
using FarmAgent.Hardware;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Programming;

/// <content>What comes after programming: verification, receipt, reset.</content>
public sealed partial class FlashProgrammer
{
    /// <summary>Compares the flash with an image and writes nothing. The chip is reset for it, and its firmware runs afterwards.</summary>
    /// <param name="image">The image.</param>
    /// <param name="method">How to compare.</param>
    /// <param name="progress">Is told how far it is, or null; called on this thread.</param>
    /// <param name="checkFence">Throws a <see cref="FarmException"/> to stop.</param>
    /// <param name="cancellationToken">Stops before the comparison.</param>
    /// <returns>CRC of every sector that the image touches, and how they were computed.</returns>
    /// <exception cref="ImageException">A part of the image is not in the flash (<c>IMAGE_OUTSIDE_FLASH</c>).</exception>
    /// <exception cref="Probes.TargetException">Read-protected (<c>READ_PROTECTED</c>).</exception>
    /// <exception cref="FlashException">It differs (<c>VERIFY_MISMATCH</c>).</exception>
    public (IReadOnlyList<SectorCrc> Sectors, VerifyMethod Method) Check(
        FirmwareImage image, VerifyMethod method, IProgress<FlashProgress>? progress, Action checkFence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(checkFence);
        var touched = FlashPlanner.TouchedSectors(image, _target.Geometry);
        TakeOver([], checkFence, cancellationToken);
        var reader = NewReader(method);
        var plan = Compare(image, new FlashOptions { Verify = method, SectorsOnly = true }, touched, reader, progress);
        var mismatch = plan.Changes.Count > 0 ? Mismatch([.. plan.Changes], reader) : null;
        Leave(AfterFlash.Run, progress);
        if (mismatch is not null)
        {
            throw new FlashException(mismatch.Reason, mismatch.Message, mismatch.Address, []);
        }

        return ([.. plan.Sectors.Select(s => new SectorCrc(s.Sector.Range, s.Crc))], reader.Method);
    }

    private void Verify(FlashPlan plan, FlashReader reader, IProgress<FlashProgress>? progress)
    {
        var total = plan.Sectors.Count;
        progress?.Report(NewProgress(FlashPhase.Verifying, 0, total));
        try
        {
            var crcs = reader.ReadCrcs([.. plan.Sectors.Select(s => s.Sector)]);
            var wrong = plan.Sectors.Where(s => crcs[s.Sector.Index] != s.Crc).ToList();
            if (wrong.Count > 0)
            {
                throw Mismatch(wrong, reader);
            }
        }
        catch (FarmException e) when (e is not FlashException { Reason: "VERIFY_MISMATCH" } && plan.Changes.Count > 0)
        {
            throw Interrupted(e, plan.ChangedRanges);
        }

        progress?.Report(NewProgress(FlashPhase.Verifying, total, total));
    }

    private static FlashException Mismatch(List<SectorPlan> wrong, FlashReader reader)
    {
        var first = wrong[0];
        var found = reader.Read(first.Sector);
        var offset = found.AsSpan().CommonPrefixLength(first.Content.Span);
        var undefined = AddressRange.Merge(wrong.Select(s => s.Sector.Range));
        if (offset == found.Length)
        {
            return new FlashException(
                "VERIFY_MISMATCH",
                $"The CRC of {first.Sector.Range} differs from the image's, but reading the sector back shows no difference: the flash does not read "
                + "the same every time. Check the target's supply; flash again.",
                first.Sector.Range.Start,
                undefined);
        }

        var address = first.Sector.Range.Start + (uint)offset;
        return new FlashException(
            "VERIFY_MISMATCH",
            $"Flash differs from the image in {wrong.Count} sectors, first at 0x{address:X8}: expected 0x{first.Content.Span[offset]:X2}, "
            + $"found 0x{found[offset]:X2}. Flash again; if this comes back, the flash is worn out or smaller than the chip says.",
            address,
            undefined);
    }

    private FlashReceipt NewReceipt(FirmwareImage image, FlashPlan plan, FlashReader reader, TimeSpan started) => new()
    {
        ImageSha256 = image.Sha256,
        ImageName = image.Name,
        Sectors = [.. plan.Sectors.Select(s => new SectorCrc(s.Sector.Range, s.Crc))],
        VerifyMethod = reader.Method,
        ProbeSerial = _session.Probe.Info.Serial,
        ProbePort = _session.Probe.Info.Device.PortPath,
        ProbeFirmware = _session.Probe.Firmware,
        Chip = _target.ToString(),
        ChipId = _target.Identity.DeviceIdCode,
        ChipUniqueId = _target.UniqueId,
        SectorsErased = plan.EraseCount,
        SectorsProgrammed = plan.ProgramCount,
        SectorsIdentical = plan.KeepCount,
        BytesProgrammed = (long)plan.ProgramCount * _target.Geometry.SectorBytes,
        StartedAt = started,
        Duration = TimeSpan.Zero,
        ProbeCommands = 0,
        Warnings = CollectWarnings(image, reader),
    };

    private IReadOnlyList<string> CollectWarnings(FirmwareImage image, FlashReader reader)
    {
        var warnings = new List<string>([.. _session.Warnings, .. _target.Warnings, .. image.Warnings]);
        if (VectorTable.FindProblem(image, _target.Geometry.Base, _target.Description.Ram) is { } vectors)
        {
            warnings.Add(vectors);
        }

        if (reader.Fallback is { } fallback)
        {
            warnings.Add(fallback);
        }

        return warnings;
    }

    private void Leave(AfterFlash after, IProgress<FlashProgress>? progress)
    {
        if (after == AfterFlash.None)
        {
            return;
        }

        progress?.Report(NewProgress(FlashPhase.Resetting, 0, 0));
        if (after == AfterFlash.Halt)
        {
            _session.Core.ResetAndHalt();
            return;
        }

        _session.Core.ResetAndRun();
        _session.End = SessionEnd.Running;
    }
}
