using FarmAgent.Boards.FlashRecords;
using FarmAgent.Flashing;

namespace FarmAgent.Boards.Tests.FlashRecords;

/// <summary>A store that outlives trackers, as a database outlives agents.</summary>
internal sealed class MemoryFlashRecords : IFlashRecordStore
{
    private readonly Dictionary<string, FlashContent> _kept = new(StringComparer.Ordinal);

    public int Writes { get; private set; }

    public Exception? Failure { get; set; }

    public Task<IReadOnlyList<FlashContent>> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FlashContent>>([.. _kept.Values]);

    public Task SaveIntentAsync(FlashIntent intent, CancellationToken cancellationToken) =>
        Save((_kept.GetValueOrDefault(intent.Board) ?? new FlashContent { Board = intent.Board }) with { Intent = intent });

    public Task SaveProofAsync(FlashProof proof, CancellationToken cancellationToken) => Save(new FlashContent { Board = proof.Board, Proof = proof });

    public Task SaveInvalidAsync(string board, string reason, IReadOnlyList<AddressRange> undefined, CancellationToken cancellationToken) =>
        Save(new FlashContent { Board = board, InvalidReason = reason, Undefined = undefined });

    private Task Save(FlashContent content)
    {
        if (Failure is not null)
        {
            return Task.FromException(Failure);
        }

        Writes++;
        _kept[content.Board] = content;
        return Task.CompletedTask;
    }
}
