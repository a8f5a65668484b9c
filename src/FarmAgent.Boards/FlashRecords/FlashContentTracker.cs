using FarmAgent.Boards.Executors;
using FarmAgent.Flashing;
using FarmAgent.Hardware;

namespace FarmAgent.Boards.FlashRecords;

/// <summary>
/// Knows of each board whether a receipt holds: across leases and restarts, until an erase, an unfinished flash, writing by a tunnel,
/// another chip, or removal of the probe. Intent is written before action. Thread-safe; one operation on a board's flash at a time.
/// </summary>
/// <param name="store">Keeps it across a restart.</param>
public sealed class FlashContentTracker(IFlashRecordStore store) : IFlashContentSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FlashContent> _contents = new(StringComparer.Ordinal);
    private readonly BackgroundWork _work = new();

    /// <summary>Reads what was kept. An operation that was at work when the agent ended has left its ranges undefined.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var kept in await store.LoadAsync(cancellationToken))
        {
            var content = kept.Intent is { } intent ? Interrupted(intent, intent.Touched, "the agent ended meanwhile") : kept;
            Set(content);
            if (kept.Intent is not null)
            {
                await TrySaveAsync(content, cancellationToken);
            }
        }
    }

    // Should the disk take no writes: the intent stays, and means the same at the next start.
    private async Task TrySaveAsync(FlashContent content, CancellationToken cancellationToken)
    {
        try
        {
            await store.SaveInvalidAsync(content.Board, content.InvalidReason, content.Undefined, cancellationToken);
        }
        catch (FarmException)
        {
            // What is in memory counts.
        }
    }

    /// <inheritdoc/>
    public FlashContent Get(string board)
    {
        lock (_lock)
        {
            return _contents.GetValueOrDefault(board) ?? FlashContent.Never(board);
        }
    }

    /// <summary>Writes down what an operation is about to do; call it before the first sector is touched.</summary>
    /// <param name="intent">What it is about to do.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="BoardException">Another operation is at work on this flash (<c>FLASH_IN_PROGRESS</c>).</exception>
    public async Task BeginAsync(FlashIntent intent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(intent);
        lock (_lock)
        {
            var content = _contents.GetValueOrDefault(intent.Board) ?? FlashContent.Never(intent.Board);
            if (content.Intent is { } other)
            {
                throw new BoardException(
                    "FLASH_IN_PROGRESS",
                    $"The flash of {intent.Board} is being changed by operation {other.OperationId} ({other.Description}). Wait for it, or cancel it.")
                    .With("operation", other.OperationId);
            }

            _contents[intent.Board] = content with { Intent = intent };
        }

        var written = false;
        try
        {
            await store.SaveIntentAsync(intent, cancellationToken);
            written = true;
        }
        finally
        {
            if (!written)
            {
                // Nothing was touched and nothing will be: the operation cannot go on without its intent.
                Set(Get(intent.Board) with { Intent = null });
            }
        }
    }

    /// <summary>A flash ended with a receipt.</summary>
    /// <param name="proof">What the receipt proves.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task CompleteFlashAsync(FlashProof proof, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proof);
        await store.SaveProofAsync(proof, cancellationToken);
        Set(new FlashContent { Board = proof.Board, Proof = proof });
    }

    /// <summary>An erase ended well.</summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="ranges">What was erased.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task CompleteEraseAsync(string board, IReadOnlyList<AddressRange> ranges, CancellationToken cancellationToken) =>
        EndWithoutProofAsync(new FlashContent { Board = board, InvalidReason = $"erased ({string.Join(", ", ranges)})" }, cancellationToken);

    /// <summary>An operation failed or was stopped after its intent was written: without a receipt nothing is proven.</summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="undefined">Ranges that it left undefined; none when it had written everything and verified nothing.</param>
    /// <param name="why">Why it ended, for a person.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task AbandonAsync(string board, IReadOnlyList<AddressRange> undefined, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(undefined);
        return Get(board).Intent is { } intent
            ? EndWithoutProofAsync(Interrupted(intent, undefined, undefined.Count == 0 ? $"{why}, not verified" : why), cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>Something else than an operation of the agent may have changed the flash, or the chip may be another one.</summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="reason">What happened, for a person, for example <c>written by a tunnel</c>.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task InvalidateAsync(string board, string reason, CancellationToken cancellationToken)
    {
        var content = Get(board);
        return content is { Proof: not null, Intent: null }
            ? EndWithoutProofAsync(new FlashContent { Board = board, InvalidReason = reason }, cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>The probe of a board is no longer plugged in: board and chip may be others when it comes back.</summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task ProbeRemovedAsync(string board, CancellationToken cancellationToken) =>
        InvalidateAsync(board, "the probe was unplugged since the last flash", cancellationToken);

    /// <summary>
    /// A chip was seen behind a probe; one that is not the proven one ends the proof at once. It is written down in the background, because
    /// this is called on a device's thread.
    /// </summary>
    /// <param name="board">Name of the board.</param>
    /// <param name="probeSerial">Serial of the probe.</param>
    /// <param name="deviceIdCode">DBGMCU_IDCODE; 0 when it could not be read.</param>
    /// <param name="uniqueId">Unique id as hex; null or empty when it was not read or the chip has none.</param>
    public void ChipSeen(string board, string probeSerial, uint deviceIdCode, string? uniqueId)
    {
        if (Get(board).Proof is not { } proof)
        {
            return;
        }

        var difference =
            !string.Equals(proof.ProbeSerial, probeSerial, StringComparison.OrdinalIgnoreCase) ? $"probe {probeSerial} instead of {proof.ProbeSerial}"
            : deviceIdCode != 0 && deviceIdCode != proof.DeviceIdCode ? $"device 0x{deviceIdCode:X8} instead of 0x{proof.DeviceIdCode:X8}"
            : !string.IsNullOrEmpty(uniqueId) && proof.ChipUniqueId is not null && !string.Equals(uniqueId, proof.ChipUniqueId, StringComparison.OrdinalIgnoreCase)
                ? $"chip {uniqueId} instead of {proof.ChipUniqueId}"
                : null;
        if (difference is not null)
        {
            _work.Start(() => InvalidateAsync(board, $"another chip than the flashed one was found: {difference}", CancellationToken.None));
        }
    }

    /// <summary>Waits until everything is written down.</summary>
    /// <param name="limit">Limit of the wait.</param>
    /// <param name="time">Clock of the limit.</param>
    public Task FlushAsync(TimeSpan limit, TimeProvider time) => _work.DrainAsync(limit, time);

    private static FlashContent Interrupted(FlashIntent intent, IReadOnlyList<AddressRange> undefined, string why) => new()
    {
        Board = intent.Board,
        InvalidReason = $"{intent.Description} interrupted ({why})",
        Undefined = undefined,
    };

    private async Task EndWithoutProofAsync(FlashContent content, CancellationToken cancellationToken)
    {
        // Memory first: should the writing fail, the board must not go on counting as proven.
        Set(content);
        await store.SaveInvalidAsync(content.Board, content.InvalidReason, content.Undefined, cancellationToken);
    }

    private void Set(FlashContent content)
    {
        lock (_lock)
        {
            _contents[content.Board] = content;
        }
    }
}
