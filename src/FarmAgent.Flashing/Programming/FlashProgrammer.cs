using FarmAgent.Flashing.Algorithms;
using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Targets;
using FarmAgent.Hardware;
using FarmAgent.Hardware.Time;
using FarmAgent.Probes;
using FarmAgent.Probes.Sessions;

namespace FarmAgent.Flashing.Programming;

/// <summary>
/// Brings images into one chip. What is identical stays; what changes is announced to a journal first, and verified from flash afterwards.
/// A flash ends with a receipt or with an exception that lists what is undefined. Not thread-safe: its owner is one device executor.
/// </summary>
public sealed partial class FlashProgrammer
{
    /// <summary>IWDG_KR (RM0008 section 19.4.1).</summary>
    private const uint WatchdogKey = 0x4000_3000;

    /// <summary>What one sector costs to erase (DS5319 table 28), and what one KiB costs to look at.</summary>
    private const double EraseMilliseconds = 20;
    private const double CompareMillisecondsPerKiB = 0.5;

    private readonly DebugSession _session;
    private readonly FlashTarget _target;
    private readonly IWaiter _waiter;
    private readonly RamLayout _layout;
    private readonly Stm32F1FlashController _controller;
    private readonly RoutineRunner _runner;

    /// <summary>Makes the programmer of an identified chip.</summary>
    /// <param name="session">Session with the chip.</param>
    /// <param name="target">The chip, see <see cref="TargetRegistry.Identify"/>.</param>
    /// <param name="waiter">The bench's clock.</param>
    /// <exception cref="TargetException">A kind of chip that is only read (<c>FAMILY_UNVERIFIED</c>).</exception>
    public FlashProgrammer(DebugSession session, FlashTarget target, IWaiter waiter)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(waiter);
        FamilySupport.RequireWritable(target);
        _session = session;
        _target = target;
        _waiter = waiter;
        _layout = new RamLayout(target);
        _runner = new RoutineRunner(session);
        _controller = new Stm32F1FlashController(session, target, waiter);
    }

    /// <summary>Programs and verifies an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="options">How.</param>
    /// <param name="journal">Is told the plan before the first sector changes.</param>
    /// <param name="progress">Is told how far it is, or null; called on this thread.</param>
    /// <param name="checkFence">Called at each sector; throws a <see cref="FarmException"/> to stop there.</param>
    /// <param name="cancellationToken">Stops at the next sector.</param>
    /// <returns>The proof of success.</returns>
    /// <exception cref="ImageException">A part of the image is not in the flash (<c>IMAGE_OUTSIDE_FLASH</c>).</exception>
    /// <exception cref="TargetException">Protected; nothing was written (<c>READ_PROTECTED</c>, <c>WRITE_PROTECTED</c>).</exception>
    /// <exception cref="FlashInterruptedException">Stopped on the way; says what is undefined.</exception>
    /// <exception cref="FlashException">Failed, or the result is not the image (<c>VERIFY_MISMATCH</c>); says what is undefined.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before anything was changed.</exception>
    public FlashReceipt Program(
        FirmwareImage image,
        FlashOptions options,
        IFlashJournal journal,
        IProgress<FlashProgress>? progress,
        Action checkFence,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(checkFence);
        var started = _waiter.Elapsed;
        var touched = FlashPlanner.TouchedSectors(image, _target.Geometry);
        var reader = NewReader(options.Verify);
        var plan = InStep(() =>
        {
            TakeOver(touched, checkFence, cancellationToken);
            return Compare(image, options, touched, reader, progress);
        });
        cancellationToken.ThrowIfCancellationRequested();
        if (plan.Changes.Count > 0)
        {
            checkFence();
            journal.Intend(plan);
            Execute(plan, progress, checkFence, cancellationToken);
        }

        InStep(() =>
        {
            Verify(plan, reader, progress);
            return true;
        });
        var receipt = NewReceipt(image, plan, reader, started);
        Leave(options.After, progress);
        return receipt with { Duration = _waiter.Elapsed - started, ProbeCommands = _session.Probe.CommandsSent };
    }

    /// <summary>Compares an image with what is there and plans, without writing anything. The chip is reset and halted for it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="options">How it would be flashed.</param>
    /// <param name="progress">Is told how far it is, or null; called on this thread.</param>
    /// <param name="checkFence">Throws a <see cref="FarmException"/> to stop.</param>
    /// <param name="cancellationToken">Stops before the comparison.</param>
    /// <exception cref="ImageException">A part of the image is not in the flash (<c>IMAGE_OUTSIDE_FLASH</c>).</exception>
    /// <exception cref="TargetException">Protected (<c>READ_PROTECTED</c>, <c>WRITE_PROTECTED</c>).</exception>
    public FlashPlan Plan(
        FirmwareImage image, FlashOptions options, IProgress<FlashProgress>? progress, Action checkFence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(checkFence);
        var touched = FlashPlanner.TouchedSectors(image, _target.Geometry);
        var plan = InStep(() =>
        {
            TakeOver(touched, checkFence, cancellationToken);
            return Compare(image, options, touched, NewReader(options.Verify), progress);
        });
        _session.End = SessionEnd.Running;
        return plan;
    }

    private FlashReader NewReader(VerifyMethod method) =>
        new(_session, _target, new Stm32F1CrcUnit(_session, _runner, _target, _layout, KeyAddress, _waiter), method);

    private uint KeyAddress() => _controller.HasHardwareWatchdog ? WatchdogKey : _layout.Spare;

    /// <summary>Does what changes nothing in flash, and once more when it failed while the probe's replies were out of step.</summary>
    private T InStep<T>(Func<T> look)
    {
        try
        {
            return look();
        }
        catch (FarmException e) when (e is TargetException or FlashException || e.Reason == "PROBE_REPLY_LOST")
        {
            // A reply that was noticed to be lost has brought the pipe into step already.
            var wasOut = _session.Probe.Resynchronise();
            if (!wasOut && e.Reason != "PROBE_REPLY_LOST" && e.InnerException is not ProbeException { Reason: "PROBE_REPLY_LOST" })
            {
                throw;
            }
        }

        return look();
    }

    /// <summary>Refuses what is protected, then stops whatever runs on the chip: from here on the core is ours.</summary>
    private void TakeOver(IReadOnlyList<FlashSector> sectors, Action checkFence, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        checkFence();
        _controller.RequireUnprotected(sectors);
        ResetAndHalt();
        _session.End = SessionEnd.Halted;
    }

    private FlashPlan Compare(
        FirmwareImage image,
        FlashOptions options,
        IReadOnlyList<FlashSector> touched,
        FlashReader reader,
        IProgress<FlashProgress>? progress)
    {
        progress?.Report(NewProgress(FlashPhase.Comparing, 0, touched.Count));
        var crcs = reader.ReadCrcs(IsWorthLookingAtAll(options, touched) ? _target.Geometry.SectorsOf(_target.Geometry.Range) : touched);
        var partial = options.Uncovered == UncoveredBytes.Preserve
            ? FlashPlanner.PartialSectors(image, _target.Geometry).ToDictionary(s => s.Index, s => new ReadOnlyMemory<byte>(reader.Read(s)))
            : [];
        var current = touched.ToDictionary(
            s => s.Index,
            s => new SectorSnapshot(crcs[s.Index], partial.TryGetValue(s.Index, out var content) ? content : null));
        var plan = FlashPlanner.Plan(image, _target.Geometry, current, options.Uncovered, options.Force);
        if (!options.SectorsOnly && _controller.NothingIsProtected)
        {
            plan = FlashPlanner.EraseAtOnce(plan, crcs);
        }

        progress?.Report(NewProgress(FlashPhase.Comparing, touched.Count, touched.Count));
        return plan;
    }

    /// <summary>True when erasing all at once may save more time than it takes to see whether that is possible.</summary>
    private bool IsWorthLookingAtAll(FlashOptions options, IReadOnlyList<FlashSector> touched) =>
        !options.SectorsOnly
        && options.Verify != VerifyMethod.Readback
        && touched.Count * EraseMilliseconds > 2 * CompareMillisecondsPerKiB * (_target.Geometry.Bytes / 1024);

    private void Execute(FlashPlan plan, IProgress<FlashProgress>? progress, Action checkFence, CancellationToken cancellationToken)
    {
        var changes = plan.Changes;
        var loader = StartLoader();
        FarmException? stop;
        try
        {
            if (plan.EraseAll)
            {
                progress?.Report(NewProgress(FlashPhase.Erasing, 0, plan.EraseCount));
                var filled = changes.Where(c => c.Action != SectorAction.Erase).ToList();
                changes = [.. (filled.Count > 0 ? filled : changes.Take(1)).Select(c => c with { Action = SectorAction.Program })];
            }

            // The routine stops by itself after the last sector, and locks the controller.
            stop = SendAll(changes, plan.EraseAll, loader, progress, checkFence, cancellationToken)
                ?? loader.Drain(
                    () => AskToStop(checkFence, cancellationToken),
                    () => progress?.Report(NewProgress(FlashPhase.Programming, loader.Finished, changes.Count)));
            if (stop is not null)
            {
                loader.Stop();
            }
        }
        catch (FarmException e)
        {
            // Where the loader is between two reports is not known: nothing that was not reported as finished counts.
            throw Interrupted(e, Unfinished(changes, loader.Finished));
        }

        progress?.Report(NewProgress(FlashPhase.Programming, loader.Finished, changes.Count));
        if (stop is not null)
        {
            throw Interrupted(stop, Unfinished(changes, loader.Finished));
        }
    }

    private Stm32F1Loader StartLoader()
    {
        var isRepeated = false;
        return InStep(() =>
        {
            if (isRepeated)
            {
                // The routine may have begun, and unlocked the controller.
                ResetAndHalt();
            }

            isRepeated = true;
            var loader = new Stm32F1Loader(_session, _runner, _target, _layout, KeyAddress(), _waiter);
            loader.Start();
            return loader;
        });
    }

    private void ResetAndHalt()
    {
        _session.Core.ResetAndStayCaught();
        _runner.ForgetSettings();
    }

    /// <returns>Why it stopped before the last sector, or null when all were sent.</returns>
    private FarmException? SendAll(
        IReadOnlyList<SectorPlan> changes,
        bool eraseAll,
        Stm32F1Loader loader,
        IProgress<FlashProgress>? progress,
        Action checkFence,
        CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < changes.Count;)
        {
            FarmException? stop = null;
            var room = loader.WaitForRoom(changes.Count - sent, () => (stop ??= AskToStop(checkFence, cancellationToken)) is not null);
            if (stop is not null)
            {
                return stop;
            }

            loader.Send([.. changes.Skip(sent).Take(room)], eraseAll && sent == 0, sent + room == changes.Count);
            sent += room;
            progress?.Report(NewProgress(FlashPhase.Programming, loader.Finished, changes.Count));
        }

        return null;
    }

    private static FarmException? AskToStop(Action checkFence, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new RequestException("FLASH_INTERRUPTED", "The flash was cancelled.");
        }

        try
        {
            checkFence();
            return null;
        }
        catch (FarmException e)
        {
            return e;
        }
    }

    private static IReadOnlyList<AddressRange> Unfinished(IReadOnlyList<SectorPlan> changes, int finished) =>
        AddressRange.Merge(changes.Skip(finished).Select(s => s.Sector.Range));

    private FlashException Interrupted(FarmException failure, IReadOnlyList<AddressRange> undefined)
    {
        var cause = _session.Explain(failure);
        var consequence = undefined.Count == 0
            ? "Every sector was written, but none was verified"
            : $"Undefined: {string.Join(", ", undefined)}";
        var message = $"{cause.Message} {consequence}: flash again before using the board.";
        return cause is FlashException failed
            ? new FlashException(failed.Reason, message, failed.Address, undefined, failed)
            : new FlashInterruptedException(cause.Reason, message, undefined, cause);
    }

    private FlashProgress NewProgress(FlashPhase phase, int done, int total) =>
        new(phase, done, total, (long)done * _target.Geometry.SectorBytes, (long)total * _target.Geometry.SectorBytes);
}
