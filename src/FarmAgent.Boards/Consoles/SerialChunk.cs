namespace FarmAgent.Boards.Consoles;

/// <summary>A piece of a console's recording.</summary>
/// <param name="Offset">Place of its first byte, counted from the start of the recording.</param>
/// <param name="Data">The bytes.</param>
/// <param name="Time">Wall time at which the agent received the last of them.</param>
public readonly record struct SerialChunk(long Offset, ReadOnlyMemory<byte> Data, DateTimeOffset Time);
