using CsCheck;
using FarmAgent.Flashing.Images;
using FarmAgent.TestKit;

namespace FarmAgent.Flashing.Tests.Images;

public sealed class ElfFormatTests
{
    [Fact]
    public void Load_SegmentThatRunsInRam_GoesToItsLoadAddress()
    {
        var image = Load(ElfImages.Make((0x0800_0400, 0x2000_0000, [1, 2, 3, 4])));
        Assert.Equal(0x0800_0400u, Assert.Single(image.Segments).Address);
    }

    [Fact]
    public void Load_NoPhysicalAddresses_TakesTheVirtualOnes()
    {
        var image = Load(ElfImages.Make((0, 0x0800_0000, [1, 2, 3, 4])));
        Assert.Equal(0x0800_0000u, Assert.Single(image.Segments).Address);
    }

    [Fact]
    public void Load_SeveralSegments_AreSortedAndJoined()
    {
        var image = Load(ElfImages.Make((0x0800_0004, 0, [5, 6, 7, 8]), (0x0800_0000, 0, [1, 2, 3, 4]), (0x0800_1000, 0, [9])));
        Assert.Equal(["0x08000000..0x08000007", "0x08001000..0x08001000"], image.Segments.Select(s => s.Range.ToString()));
    }

    [Fact]
    public void Load_EntryPoint_IsKept() => Assert.Equal(0x0800_0101u, Load(ElfImages.Make((0x0800_0000, 0, [1]))).EntryPoint);

    [Theory]
    [InlineData(4, 2, "64-bit")]
    [InlineData(5, 2, "big-endian")]
    [InlineData(18, 62, "machine 62 (x86-64)")]
    [InlineData(18, 243, "machine 243 (RISC-V)")]
    [InlineData(16, 1, "an object file")]
    public void Load_WrongKind_SaysWhatItIsAndWhatToDo(int at, byte value, string expected)
    {
        var file = ElfImages.Make((0x0800_0000, 0, [1, 2, 3, 4]));
        file[at] = value;
        var error = Assert.Throws<ImageException>(() => Load(file));
        Assert.Equal("IMAGE_FORMAT", error.Reason);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("arm-none-eabi-gcc", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CutFile_IsCorrupt()
    {
        var file = ElfImages.Make((0x0800_0000, 0, new byte[100]));
        Assert.Equal("IMAGE_CORRUPT", Assert.Throws<ImageException>(() => Load(file[..^50])).Reason);
    }

    [Fact]
    public void Load_ManySegmentsOfTheSameBytes_IsRefusedBeforeTheyAreCopied()
    {
        var file = ElfImages.Make([.. Enumerable.Range(0, 200).Select(i => (0x0800_0000u + ((uint)i * 8192), 0u, i == 0 ? new byte[4096] : new byte[1]))]);
        for (var i = 0; i < 200; i++)
        {
            var header = 52 + (32 * i);
            file.AsSpan(52 + 4, 4).CopyTo(file.AsSpan(header + 4));
            file.AsSpan(52 + 16, 4).CopyTo(file.AsSpan(header + 16));
        }

        var error = Assert.Throws<ImageException>(() => Load(file));
        Assert.Equal("IMAGE_CORRUPT", error.Reason);
        Assert.Contains("819200 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoSegments_IsEmpty() => Assert.Equal("IMAGE_EMPTY", Assert.Throws<ImageException>(() => Load(ElfImages.Make())).Reason);

    [Fact]
    public void Load_OverlappingSegments_IsRefused()
    {
        var file = ElfImages.Make((0x0800_0000, 0, [1, 2, 3, 4]), (0x0800_0002, 0, [9, 9]));
        Assert.Equal("IMAGE_OVERLAP", Assert.Throws<ImageException>(() => Load(file)).Reason);
    }

    [Fact]
    public void Load_AnyChangedBytes_IsAnImageOrAnImageException()
    {
        var good = ElfImages.Make((0x0800_0000, 0x0800_0000, new byte[64]), (0x0800_0800, 0x2000_0000, new byte[16]));
        Gen.Select(Gen.Int[0, 115], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var file = good.ToArray();
            foreach (var (at, value) in changes)
            {
                file[at] = value;
            }

            return Survives(file);
        }, iter: 5000);
    }

    [Fact]
    public void Load_RandomBytesAfterTheMagic_IsAnImageOrAnImageException() =>
        Gen.Byte.Array[0, 300].Sample(tail => Survives([0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1, .. tail]), iter: 3000);

    [Theory]
    [InlineData("tests/dut-firmware/bin/expander")]
    [InlineData("tests/dut-firmware/bin/blinky")]
    public void Load_RealFirmware_IsTheSameInAllFormats(string stem)
    {
        var images = new[] { ".elf", ".hex", ".bin" }
            .Select(e => FirmwareImage.Load(File.ReadAllBytes(RepositoryFiles.At(stem + e)), stem + e)).ToList();
        Assert.All(images, image => Assert.Equal(Flatten(images[2]), Flatten(image)));
    }

    private static string Flatten(FirmwareImage image)
    {
        var memory = new byte[65536];
        image.CopyTo(0x0800_0000, memory);
        return Convert.ToHexString(memory);
    }

    private static bool Survives(byte[] file)
    {
        try
        {
            return Load(file).ByteCount > 0;
        }
        catch (ImageException)
        {
            return true;
        }
    }

    private static FirmwareImage Load(byte[] file) => FirmwareImage.Load(file, "app.elf");
}
