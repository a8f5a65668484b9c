using System.Runtime.CompilerServices;
using FarmAgent.Agent.Operations;
using FarmAgent.Boards.Sessions;
using FarmAgent.Flashing;
using FarmAgent.Flashing.Programming;
using FarmAgent.Probes.Gdb;
using FarmAgent.Probes.Sessions;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tunnels;

/// <summary>Does what gdb's <c>load</c> asks for as every other flash is done: an operation with its intent written down first, verified, with a receipt.</summary>
internal sealed class GdbFlash(Flasher flasher, ImageShelf images)
{
    /// <summary>Name of the file that a load becomes.</summary>
    public const string FileName = "gdb-load.hex";

    private static readonly TimeSpan StoreLimit = TimeSpan.FromSeconds(30);

    /// <summary>Erases and programs; called on the probe's thread, which may wait for what is written down.</summary>
    /// <param name="identity">Who asks.</param>
    /// <param name="lease">Id of the lease.</param>
    /// <param name="session">The board.</param>
    /// <param name="debug">The target.</param>
    /// <param name="request">What gdb wants.</param>
    /// <returns>What was done, for a person.</returns>
    public string Program(string identity, string lease, BoardSession session, DebugSession debug, GdbFlashRequest request)
    {
        var left = AddressRange.Merge(request.Erased.Where(e => !request.Pieces.Any(p => Overlap(e, p)))
            .Select(e => new AddressRange(e.Address, e.Length)).OrderBy(r => r.Start));
        if (left.Count > 0)
        {
            flasher.EraseInSession(identity, lease, session, debug, left);
        }

        if (request.Pieces.Count == 0)
        {
            debug.Core.ResetAndHalt();
            return $"Erased {string.Join(", ", left)}. The chip was reset and is halted.";
        }

        var receipt = flasher.ProgramInSession(identity, lease, session, debug, Store(request), new FlashOptions
        {
            After = AfterFlash.Halt,
            Uncovered = request.Pieces.All(p => IsErased(request, p)) ? Flashing.Planning.UncoveredBytes.Erase : Flashing.Planning.UncoveredBytes.Preserve,
        });
        return $"Flashed and verified, {receipt.Name}: {receipt.Plan.ProgramSectors} sectors programmed, {receipt.Plan.IdenticalSectors} identical. The chip was reset and is halted.";
    }

    private static bool Overlap(GdbErasedRange range, GdbFlashPiece piece) =>
        piece.Address < range.Address + (long)range.Length && range.Address < piece.Address + (long)piece.Data.Length;

    // Pieces that run on over several erased ranges lie in their union, which is contiguous where they do.
    private static bool IsErased(GdbFlashRequest request, GdbFlashPiece piece) =>
        request.Erased.Sum(e => Math.Max(0, Math.Min(e.Address + (long)e.Length, piece.Address + (long)piece.Data.Length) - Math.Max(e.Address, piece.Address))) >= piece.Data.Length;

    private string Store(GdbFlashRequest request)
    {
        using var limit = new CancellationTokenSource(StoreLimit);
        return images.StoreAsync(new Wire.ImageHeader { FileName = FileName }, OnePiece(IntelHexFile.Of(request.Pieces), limit.Token), limit.Token)
            .GetAwaiter().GetResult().Name;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> OnePiece(byte[] file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        yield return file;
        await Task.CompletedTask;
    }
}
