using System.Text;
using CsCheck;
using FarmAgent.Flashing.Images;

namespace FarmAgent.Flashing.Tests.Images;

public sealed class IntelHexFormatTests
{
    private const string End = ":00000001FF\n";

    [Fact]
    public void Load_DataAfterLinearBase_HasFullAddresses()
    {
        var image = Load(":020000040800F2\n:0400100001020304E2\n" + End);
        Assert.Equal(0x0800_0010u, Assert.Single(image.Segments).Address);
    }

    [Fact]
    public void Load_DataAfterSegmentBase_HasFullAddresses()
    {
        var image = Load(":020000021000EC\n:0400100001020304E2\n" + End);
        Assert.Equal(0x0001_0010u, Assert.Single(image.Segments).Address);
    }

    [Fact]
    public void Load_StartRecord_IsTheEntryPoint() => Assert.Equal(0x0800_0131u, Load(":0400000508000131BD\n:0100000055AA\n" + End).EntryPoint);

    [Fact]
    public void Load_RecordsOutOfOrder_AreJoined()
    {
        var image = Load(":020002000304F5\n:020000000102FB\n" + End);
        Assert.Equal([1, 2, 3, 4], Assert.Single(image.Segments).Data.ToArray());
    }

    [Fact]
    public void Load_LowerCaseAndCarriageReturns_AreAccepted() => Assert.Equal(1, Load(":01000000aa55\r\n\r\n:00000001ff\r\n").ByteCount);

    [Theory]
    [InlineData(":0100000055AB\n", "line 1: the checksum is 0xAB, but the record's bytes need 0xAA")]
    [InlineData(":0100000055AA\n:0200000055A9\n", "line 2: the record says it has 2 data bytes, but holds")]
    [InlineData(":0100000055A\n", "line 1: a record of 11 digits")]
    [InlineData(":01000000G5AA\n", "line 1: 0x47 is not a hexadecimal digit")]
    [InlineData(":0100000655A4\n", "line 1: record type 06")]
    [InlineData(":0100000055AA\nS0\n", "line 2: a record must begin with ':'")]
    [InlineData(":0100000055AA\n", "line 1: the end of file record")]
    [InlineData(End + ":0100000055AA\n", "line 2: there is text after")]
    [InlineData(":03000004080000F1\n", "line 1: a record of type 04 has 2 data bytes")]
    public void Load_DamagedFile_NamesFileAndLine(string text, string expected)
    {
        var error = Assert.Throws<ImageException>(() => Load(text, ImageFormat.IntelHex));
        Assert.Equal("IMAGE_CORRUPT", error.Reason);
        Assert.Contains("app.hex, " + expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OverlapWithOtherBytes_NamesTheAddress()
    {
        var error = Assert.Throws<ImageException>(() => Load(":020000000102FB\n:020001000304F6\n" + End));
        Assert.Equal("IMAGE_OVERLAP", error.Reason);
        Assert.Contains("0x00000001 (0x02 and 0x03)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OverlapWithTheSameBytes_IsARemark()
    {
        var image = Load(":020000000102FB\n:0200010002FFFC\n:0100000001FE\n" + End);
        Assert.Equal(3, image.ByteCount);
        Assert.NotEmpty(image.Warnings);
    }

    [Fact]
    public void Load_NoData_IsEmpty() => Assert.Equal("IMAGE_EMPTY", Assert.Throws<ImageException>(() => Load(End)).Reason);

    [Fact]
    public void Load_WrittenImage_IsTheSame() =>
        Gen.Select(Gen.UInt[0, 0x0FFF_0000], Gen.Byte.Array[1, 3000], Gen.Int[1, 255])
            .Sample((address, data, width) =>
            {
                var segment = Assert.Single(Load(Write(address, data, width)).Segments);
                return segment.Address == address && segment.Data.Span.SequenceEqual(data);
            }, iter: 300);

    [Fact]
    public void Load_RandomRecords_AreAnImageOrAnImageException() =>
        Gen.Char[":0123456789ABCDEF\n\rxS"].Array[0, 300].Sample(text => Survives(":00000001FF"[..3] + new string(text)), iter: 3000);

    [Fact]
    public void Load_FlippedByte_IsAnImageOrAnImageException()
    {
        var good = Write(0x0800_0000, [.. Enumerable.Range(0, 200).Select(i => (byte)i)], 16);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Char[(char)0, (char)127]).Sample((at, character) =>
        {
            var text = good.ToCharArray();
            text[at] = character;
            return Survives(new string(text));
        }, iter: 3000);
    }

    private static bool Survives(string text)
    {
        try
        {
            return Load(text, ImageFormat.IntelHex).ByteCount > 0;
        }
        catch (ImageException)
        {
            return true;
        }
    }

    private static FirmwareImage Load(string text, ImageFormat format = ImageFormat.Auto) =>
        FirmwareImage.Load(Encoding.ASCII.GetBytes(text), "app.hex", new ImageOptions { Format = format });

    private static string Write(uint address, byte[] data, int width)
    {
        var text = new StringBuilder();
        var upper = -1;
        for (var i = 0; i < data.Length;)
        {
            var at = address + (uint)i;
            if (at >> 16 != upper)
            {
                upper = (int)(at >> 16);
                Record(text, 4, 0, [(byte)(upper >> 8), (byte)upper]);
            }

            var length = Math.Min(Math.Min(width, data.Length - i), (int)(0x1_0000 - (at & 0xFFFF)));
            Record(text, 0, (ushort)at, data.AsSpan(i, length));
            i += length;
        }

        return text.Append(End).ToString();
    }

    private static void Record(StringBuilder text, byte type, ushort offset, ReadOnlySpan<byte> data)
    {
        byte[] record = [(byte)data.Length, (byte)(offset >> 8), (byte)offset, type, .. data];
        var sum = record.Aggregate(0, (s, b) => s + b);
        text.Append(':').Append(Convert.ToHexString(record)).Append(((byte)-sum).ToString("X2")).Append('\n');
    }
}
