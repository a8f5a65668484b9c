namespace FarmAgent.Probes.Gdb;

/// <summary>Bytes of one part of a program that gdb loads.</summary>
/// <param name="Address">Address of the first.</param>
/// <param name="Data">The bytes.</param>
public sealed record GdbFlashPiece(uint Address, ReadOnlyMemory<byte> Data);

/// <summary>A range that gdb has asked to be erased; whole blocks.</summary>
/// <param name="Address">First address.</param>
/// <param name="Length">Length in bytes.</param>
public readonly record struct GdbErasedRange(uint Address, uint Length);

/// <summary>What gdb wants in flash: collected from its packets, and done all at once when it has said everything.</summary>
/// <param name="Erased">What ends up erased where no piece says otherwise.</param>
/// <param name="Pieces">What ends up programmed.</param>
public sealed record GdbFlashRequest(IReadOnlyList<GdbErasedRange> Erased, IReadOnlyList<GdbFlashPiece> Pieces);
