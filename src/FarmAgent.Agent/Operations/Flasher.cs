using System.Security.Cryptography;
using FarmAgent.Agent.Hosting;
using FarmAgent.Agent.Mapping;
using FarmAgent.Agent.Signatures;
using FarmAgent.Agent.Stores;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Boards.Sessions;
using FarmAgent.Flashing;
using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Programming;
using FarmAgent.Hardware;
using FarmAgent.Probes.Sessions;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Operations;

/// <summary>Flashes and erases as operations of the agent.</summary>
internal sealed partial class Flasher(FlashWork work, OperationBook book, ImageShelf images, ImageSignatures signatures, FlashContentTracker contents, TimeProvider time, ILogger<Flasher> log)
{
    /// <summary>Starts a flash, or finds the one with the same request id.</summary>
    public FlashOperation Flash(string identity, Wire.FlashRequest request)
    {
        var board = ResourceNames.BoardOf(request.Board);
        var operation = book.GetOrAdd(identity, request.RequestId, () => NewOperation(request.Board, "flash", request.RequestId, identity, request.Image), out var isNew);
        return isNew
            ? Begin(operation, () =>
            {
                var (image, name) = images.Load(request.Image);
                var lease = ResourceNames.LeaseOf(request.Lease);
                var signer = signatures.Check(board, image.Name, request.Image, request.Signature);
                var options = new FlashOptions { Verify = request.VerifyMethod.FromWire(), After = request.ResetMode.FromWire(), SectorsOnly = request.SectorsOnly };
                work.Start(operation, lease, board, $"flash of {image.Name}", (context, cancelled) => request.DryRun
                    ? Plan(operation, context, image, options, cancelled)
                    : Program(operation, context, image, name, options, signer, cancelled));
            })
            : operation;
    }

    /// <summary>Starts an erase, or finds the one with the same request id.</summary>
    public FlashOperation Erase(string identity, Wire.EraseRequest request)
    {
        var board = ResourceNames.BoardOf(request.Board);
        var operation = book.GetOrAdd(identity, request.RequestId, () => NewOperation(request.Board, "erase", request.RequestId, identity), out var isNew);
        return isNew
            ? Begin(operation, () => work.Start(
                operation, ResourceNames.LeaseOf(request.Lease), board, "erase", (context, cancelled) => EraseRanges(operation, context, request, cancelled)))
            : operation;
    }

    /// <summary>Flashes at once, on the probe's thread, in a session that a tunnel has; ends when the flash has.</summary>
    /// <param name="identity">Who asked for it.</param>
    /// <param name="lease">Id of the lease.</param>
    /// <param name="session">The board.</param>
    /// <param name="debug">The session.</param>
    /// <param name="image">Resource name of the image.</param>
    /// <param name="options">How.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="FarmException">There is no receipt; the operation says what is undefined.</exception>
    public Wire.FlashReceipt ProgramInSession(
        string identity, string lease, BoardSession session, DebugSession debug, string image, FlashOptions options)
    {
        signatures.Check(session.Name, "what a debugger loads", image, proof: null);
        var (firmware, name) = images.Load(image);
        var operation = book.GetOrAdd(identity, "", () => NewOperation(ResourceNames.OfBoard(session.Name), "flash", "", identity, image), out _);
        Begin(operation, () => work.RunInSession(
            operation, lease, session, debug, $"flash of {firmware.Name}", (context, cancelled) => Program(operation, context, firmware, name, options, signer: null, cancelled)));
        return operation.Failure is { } failure ? throw failure : operation.Snapshot().Receipt;
    }

    /// <summary>Erases at once, on the probe's thread, in a session that a tunnel has.</summary>
    /// <param name="identity">Who asked for it.</param>
    /// <param name="lease">Id of the lease.</param>
    /// <param name="session">The board.</param>
    /// <param name="debug">The session.</param>
    /// <param name="ranges">What to erase.</param>
    /// <exception cref="FarmException">It is not erased; the operation says what is undefined.</exception>
    public void EraseInSession(string identity, string lease, BoardSession session, DebugSession debug, IEnumerable<AddressRange> ranges)
    {
        var operation = book.GetOrAdd(identity, "", () => NewOperation(ResourceNames.OfBoard(session.Name), "erase", "", identity), out _);
        var request = new Wire.EraseRequest();
        request.Ranges.Add(ranges.Select(FlashMapping.ToWire));
        Begin(operation, () => work.RunInSession(
            operation, lease, session, debug, "erase", (context, cancelled) => EraseRanges(operation, context, request, cancelled)));
        if (operation.Failure is { } failure)
        {
            throw failure;
        }
    }

    // What is wrong with the request itself ends the operation too: the same request id then gives the same answer.
    private FlashOperation Begin(FlashOperation operation, Action begin)
    {
        try
        {
            begin();
        }
        catch (FarmException e)
        {
            operation.Failed(e, [], stopped: false, time.GetUtcNow());
        }

        return operation;
    }

    private FlashOperation NewOperation(string board, string kind, string requestId, string identity, string image = "") => new(
        "o-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), board, kind, requestId, identity, time.GetUtcNow())
    {
        Image = image,
    };

    private Func<CancellationToken, Task> Plan(
        FlashOperation operation, FlashContext context, FirmwareImage image, FlashOptions options, CancellationToken cancelled)
    {
        var plan = context.NewProgrammer().Plan(image, options, new ProgressOf(operation), context.Held.Token.Check, cancelled);
        return _ =>
        {
            operation.Planned(plan.ToWire());
            operation.Succeeded(receipt: null, time.GetUtcNow());
            return Task.CompletedTask;
        };
    }

    private Func<CancellationToken, Task> Program(
        FlashOperation operation, FlashContext context, FirmwareImage image, string imageName, FlashOptions options, Wire.ImageSigner? signer, CancellationToken cancelled)
    {
        var started = time.GetUtcNow();
        var journal = new OperationJournal(operation, context, contents, image, erased: [], time);
        var receipt = context.NewProgrammer().Program(image, options, journal, new ProgressOf(operation), context.Held.Token.Check, cancelled);
        if (options.After == AfterFlash.Run)
        {
            BootPause.Wait(context.Session, CancellationToken.None);
        }

        return async token =>
        {
            var wire = NewReceipt(operation, context, imageName, receipt, journal.Plan, started);
            wire.SignedBy = signer;
            if (journal.Plan is null)
            {
                operation.Planned(wire.Plan);
            }

            foreach (var warning in receipt.Warnings)
            {
                operation.Warn(warning);
            }

            await contents.CompleteFlashAsync(ProofOf(wire, context, receipt), token);
            operation.Succeeded(wire, time.GetUtcNow());
        };
    }

    private Func<CancellationToken, Task> EraseRanges(
        FlashOperation operation, FlashContext context, Wire.EraseRequest request, CancellationToken cancelled)
    {
        IReadOnlyList<AddressRange> ranges = request.Ranges.Count == 0 ? [context.Target.Geometry.Range] : [.. request.Ranges.Select(r => r.FromWire())];
        var all = AddressRange.Merge(ranges.SelectMany(context.Target.Geometry.SectorsOf).DistinctBy(s => s.Index).OrderBy(s => s.Index).Select(s => s.Range));
        var journal = new OperationJournal(operation, context, contents, image: null, all, time);
        var erased = new List<AddressRange>();
        var sectors = 0;
        foreach (var range in ranges)
        {
            var receipt = context.NewProgrammer().Erase(range, journal, new ProgressOf(operation), context.Held.Token.Check, cancelled);
            erased.AddRange(receipt.Ranges);
            sectors += receipt.Sectors;
        }

        return async token =>
        {
            await contents.CompleteEraseAsync(context.Session.Name, erased, token);
            var result = new Wire.EraseResult { Sectors = sectors };
            result.Ranges.Add(erased.Select(FlashMapping.ToWire));
            operation.Erased(result, time.GetUtcNow());
        };
    }

    private Wire.FlashReceipt NewReceipt(
        FlashOperation operation, FlashContext context, string imageName, FlashReceipt receipt, Wire.FlashPlan? plan, DateTimeOffset started)
    {
        var wire = new Wire.FlashReceipt
        {
            Name = "receipts/f-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            Board = operation.Board,
            Image = imageName,
            FileName = receipt.ImageName,
            VerifyMethod = receipt.VerifyMethod.ToWire(),
            ProbeSerial = receipt.ProbeSerial,
            Chip = context.Session.Description.Chip ?? receipt.Chip,
            DeviceId = context.Target.Identity.DeviceId,
            Lease = ResourceNames.OfLease(context.Held.Lease.Id),
            Fence = context.Held.Lease.Fence,
            Plan = plan ?? new Wire.FlashPlan
            {
                TotalSectors = context.Target.Geometry.SectorCount,
                IdenticalSectors = receipt.SectorsIdentical,
            },
            StartTime = started.ToTimestamp(),
            EndTime = time.GetUtcNow().ToTimestamp(),
            BenchDuration = receipt.Duration.ToDuration(),
            ProbeCommands = receipt.ProbeCommands,
            Virtual = context.Session.Backend.IsVirtual,
            RequestId = operation.RequestId,
            Operation = operation.Name,
        };
        wire.Sectors.Add(receipt.Sectors.Select(s => new Wire.SectorCrc { Address = s.Range.Start, Length = (uint)s.Range.Length, Crc32 = s.Crc }));
        return wire;
    }

    private static FlashProof ProofOf(Wire.FlashReceipt wire, FlashContext context, FlashReceipt receipt) => new()
    {
        ReceiptId = wire.Name["receipts/".Length..],
        OperationId = wire.Operation["operations/".Length..],
        Board = context.Session.Name,
        ImageSha256 = receipt.ImageSha256,
        FileName = receipt.ImageName,
        ProbeSerial = receipt.ProbeSerial,
        DeviceIdCode = receipt.ChipId,
        ChipUniqueId = receipt.ChipUniqueId.Length == 0 ? null : receipt.ChipUniqueId,
        Time = wire.EndTime.ToDateTimeOffset(),
        Document = Documents.Format(wire),
    };

    private sealed class ProgressOf(FlashOperation operation) : IProgress<FlashProgress>
    {
        public void Report(FlashProgress value) => operation.Progressed(value.ToWire());
    }
}
