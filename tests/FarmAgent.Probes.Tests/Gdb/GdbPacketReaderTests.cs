using System.Text;
using CsCheck;
using FarmAgent.Probes.Gdb;

namespace FarmAgent.Probes.Tests.Gdb;

public sealed class GdbPacketReaderTests
{
    [Fact]
    public void Read_FramesInAnyPieces_GivesTheirPayloads() =>
        Gen.Select(Gen.Byte.Array[0, 40].Array[1, 5], Gen.Int[1, 7]).Sample((payloads, piece) =>
        {
            var stream = payloads.SelectMany(p => GdbFrame.Encode(p)).ToArray();
            var reader = new GdbPacketReader();
            var read = stream.Chunk(piece).SelectMany(bytes => reader.Read(bytes).ToList()).ToList();
            return read.All(i => i.Kind == GdbInputKind.Packet) && read.Select(i => i.Payload.ToArray()).Zip(payloads).All(p => p.First.SequenceEqual(p.Second))
                && read.Count == payloads.Length;
        });

    [Fact]
    public void Encode_Reserved_AreEscaped() => Assert.Equal("$}\x03}\x04}]}\n#62", Encoding.Latin1.GetString(GdbFrame.Encode("#$}*"u8)));

    [Theory]
    [InlineData("$g#67", GdbInputKind.Packet)]
    [InlineData("$g#68", GdbInputKind.Damaged)]
    [InlineData("$g#zz", GdbInputKind.Damaged)]
    [InlineData("+", GdbInputKind.Acknowledged)]
    [InlineData("-", GdbInputKind.Refused)]
    [InlineData("\x03", GdbInputKind.Interrupt)]
    public void Read_Stream_IsOfItsKind(string stream, object kind) => Assert.Equal(kind, Assert.Single(Read(stream)).Kind);

    [Fact]
    public void Read_BytesBetweenPackets_AreSkipped() => Assert.Single(Read("\r\nxyz$g#67"));

    [Fact]
    public void Read_PacketWhoseEndWasLost_GivesTheNextOne() => Assert.Equal("g", Encoding.ASCII.GetString(Assert.Single(Read("$m2000$g#67")).Payload.Span));

    [Fact]
    public void Read_ControlCInsideAPacket_IsData() => Assert.Equal([3], Assert.Single(Read("$\x03#03")).Payload.ToArray());

    [Fact]
    public void Read_EndlessPacket_IsGivenUp() => Assert.Equal(GdbInputKind.Damaged, Read("$" + new string('0', 70_000))[0].Kind);

    private static List<GdbInput> Read(string stream) => [.. new GdbPacketReader().Read(Encoding.Latin1.GetBytes(stream))];
}
