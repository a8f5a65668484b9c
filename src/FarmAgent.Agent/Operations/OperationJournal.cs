using FarmAgent.Agent.Mapping;
using FarmAgent.Boards.FlashRecords;
using FarmAgent.Flashing;
using FarmAgent.Flashing.Images;
using FarmAgent.Flashing.Planning;
using FarmAgent.Flashing.Programming;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Operations;

/// <summary>Writes down what an operation is about to do, before its first sector changes, and tells its watchers the plan.</summary>
internal sealed class OperationJournal(FlashOperation operation, FlashContext context, FlashContentTracker contents, FirmwareImage? image, IReadOnlyList<AddressRange> erased, TimeProvider time) : IFlashJournal
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private bool _written;

    /// <summary>The plan; null as long as nothing changes.</summary>
    public Wire.FlashPlan? Plan { get; private set; }

    public void Intend(FlashPlan plan)
    {
        Plan = plan.ToWire();
        operation.Planned(Plan);
        Write(plan.ChangedRanges);
    }

    // An erase of several ranges is announced as one, before the first of them.
    public void IntendErase(IReadOnlyList<AddressRange> ranges) => Write(erased);

    // This is the probe's own thread, which may wait: nothing must change before it is written down.
    private void Write(IReadOnlyList<AddressRange> ranges)
    {
        if (_written)
        {
            return;
        }

        _written = true;
        using var limit = new CancellationTokenSource(Limit, time);
        contents.BeginAsync(
            new FlashIntent
            {
                OperationId = operation.Id,
                Board = context.Session.Name,
                ImageSha256 = image?.Sha256,
                FileName = image?.Name,
                Touched = ranges,
                LeaseId = context.Held.Lease.Id,
                Time = time.GetUtcNow(),
            },
            limit.Token).GetAwaiter().GetResult();
    }
}
