using FarmAgent.Flashing;

namespace FarmAgent.Boards.FlashRecords;

/// <summary>
/// Keeps what is known of flashes across a restart; each call is durable when its task completes. Calls for one board never overlap. A
/// flash costs two of them: its intent and its receipt.
/// </summary>
public interface IFlashRecordStore
{
    /// <summary>What is kept, one per board: the latest of intent, receipt and invalidation decides.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<FlashContent>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps that an operation is about to touch the flash.</summary>
    /// <param name="intent">What it is about to do.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task SaveIntentAsync(FlashIntent intent, CancellationToken cancellationToken);

    /// <summary>Keeps a proof and closes the intent of the board.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task SaveProofAsync(FlashProof proof, CancellationToken cancellationToken);

    /// <summary>Keeps that no proof holds any more, and closes the intent of the board.</summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="reason">Why, for a person.</param>
    /// <param name="undefined">Ranges that are undefined.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task SaveInvalidAsync(string board, string reason, IReadOnlyList<AddressRange> undefined, CancellationToken cancellationToken);
}
