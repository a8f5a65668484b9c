using CsCheck;
using FarmAgent.Boards.Consoles;

namespace FarmAgent.Boards.Tests.Consoles;

public sealed class SerialRingTests
{
    [Fact]
    public void Read_AnyPieces_GivesTheEndOfWhatWasAppended() =>
        Gen.Select(Gen.Byte.Array[1, 40].Array[1, 20], Gen.Int[1, 64]).Sample((pieces, capacity) =>
        {
            var ring = new SerialRing(capacity);
            foreach (var piece in pieces)
            {
                ring.Append(piece, DateTimeOffset.UnixEpoch);
            }

            var read = new List<byte>();
            for (var chunk = ring.Read(0, 7); !chunk.Data.IsEmpty; chunk = ring.Read(chunk.Offset + chunk.Data.Length, 7))
            {
                read.AddRange(chunk.Data.ToArray());
            }

            Assert.Equal(pieces.SelectMany(p => p).TakeLast(capacity), read);
        });

    [Fact]
    public void Read_OffsetGoneFromMemory_StartsAtTheOldest()
    {
        var ring = new SerialRing(4);
        ring.Append("abcdef"u8, DateTimeOffset.UnixEpoch);

        Assert.Equal(2, ring.Read(0, 10).Offset);
    }
}
