using System.Text;
using CsCheck;
using FarmAgent.Flashing.Images;

namespace FarmAgent.Flashing.Tests.Images;

public sealed class SRecordFormatTests
{
    private const string Header = "S00600004844521B";

    [Theory]
    [InlineData("S107080001020304E6", "S9030000FC", 0x0800u)]
    [InlineData("S20808000001020304E5", "S804000000FB", 0x08_0000u)]
    [InlineData("S3090800000001020304E4", "S70500000000FA", 0x0800_0000u)]
    public void Load_EachAddressWidth_GivesItsBytes(string data, string end, uint address)
    {
        var image = Load(Header, data, end);
        var segment = Assert.Single(image.Segments);
        Assert.Equal((ImageFormat.SRecord, address, "01020304"), (image.Format, segment.Address, Convert.ToHexString(segment.Data.Span)));
    }

    [Fact]
    public void Load_EndRecordWithAddress_IsTheEntryPoint() =>
        Assert.Equal(0x0800_0101u, Load("S3090800000001020304E4", "S70508000101F0").EntryPoint);

    [Fact]
    public void Load_UnorderedRecords_AreJoined()
    {
        var image = Load("S3090800000405060708D0", "S3090800000001020304E4", "S70500000000FA");
        Assert.Equal("0102030405060708", Convert.ToHexString(Assert.Single(image.Segments).Data.Span));
    }

    [Theory]
    [InlineData("checksum", "S3090800000001020304E5")]
    [InlineData("says that 10 bytes follow", "S30A0800000001020304E4")]
    [InlineData("not two hexadecimal digits", "S309080000000102030XE4")]
    [InlineData("does not exist", "S4090800000001020304E4")]
    [InlineData("digits is not possible", "S3090800000001020304E")]
    [InlineData("must begin with 'S'", "X3090800000001020304E4")]
    [InlineData("too few for an address", "S30208F5")]
    [InlineData("says that it has 7 data records", "S5030007F5")]
    [InlineData("over the end of its address space", "S107FFFE01020304F1")]
    public void Load_BrokenRecord_IsNamedByItsLine(string what, string record)
    {
        var error = Assert.Throws<ImageException>(() => Load(Header, record, "S70500000000FA"));
        Assert.Equal("IMAGE_CORRUPT", error.Reason);
        Assert.Contains("line 2: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithoutEnd_IsCutOff() =>
        Assert.Contains("may be cut off", Assert.Throws<ImageException>(() => Load(Header, "S3090800000001020304E4")).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_RightCount_IsAccepted() =>
        Assert.Equal(4, Load("S3090800000001020304E4", "S5030001FB", "S70500000000FA").ByteCount);

    [Fact]
    public void Load_WhatWasWritten_ComesBack() => Gen.Byte.Array[1, 600].Select(Gen.UInt[0, uint.MaxValue - 600]).Sample((content, address) =>
    {
        var lines = content.Chunk(28).Select((chunk, i) => Record(address + (uint)(28 * i), chunk));
        var segment = Assert.Single(Load([.. lines, "S70500000000FA"]).Segments);
        return segment.Address == address && segment.Data.Span.SequenceEqual(content);
    }, iter: 200);

    [Fact]
    public void Load_Garbage_EndsInAnImageException() => Gen.Char["S0123789AF\n"].Array[0, 200].Sample(text =>
    {
        try
        {
            Load("S0030000FC" + new string(text));
        }
        catch (ImageException)
        {
            // That is how garbage should end.
        }
    }, iter: 2_000);

    private static string Record(uint address, byte[] data)
    {
        byte[] bytes = [(byte)(data.Length + 5), (byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address, .. data];
        return $"S3{Convert.ToHexString(bytes)}{(byte)~bytes.Sum(b => b):X2}";
    }

    private static FirmwareImage Load(params string[] lines) =>
        FirmwareImage.Load(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), "firmware.srec");
}
