using System.Diagnostics.CodeAnalysis;
using FarmAgent.Flashing;

namespace FarmAgent.Boards.FlashRecords;

/// <summary>What is known of the flash of a board's chip.</summary>
public sealed record FlashContent
{
    /// <summary>Name of the board.</summary>
    public required string Board { get; init; }

    /// <summary>The proof that holds; null when none does.</summary>
    public FlashProof? Proof { get; init; }

    /// <summary>Why none holds, for a person, for example <c>never flashed by this agent</c>; empty when one does.</summary>
    public string InvalidReason { get; init; } = "";

    /// <summary>Ranges that are undefined after an operation that did not end well.</summary>
    public IReadOnlyList<AddressRange> Undefined { get; init; } = [];

    /// <summary>The operation at work on the flash; null when there is none.</summary>
    public FlashIntent? Intent { get; init; }

    /// <summary>True when a proof holds and nobody is changing the flash.</summary>
    [MemberNotNullWhen(true, nameof(Proof))]
    public bool IsProven => Proof is not null && Intent is null;

    internal static FlashContent Never(string board) => new() { Board = board, InvalidReason = "never flashed by this agent" };
}

/// <summary>Tells what is known of the flash of boards.</summary>
public interface IFlashContentSource
{
    /// <summary>What is known now.</summary>
    /// <param name="board">Name of the board.</param>
    FlashContent Get(string board);
}
