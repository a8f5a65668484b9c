using System.Security.Cryptography;
using System.Text;
using FarmAgent.Flashing.Images;

namespace FarmAgent.Flashing.Tests.Images;

public sealed class FirmwareImageTests
{
    private static readonly byte[] Some = [1, 2, 3];

    [Fact]
    public void Load_Binary_GoesToTheGivenAddress()
    {
        var image = FirmwareImage.Load(Some, "app.bin", new ImageOptions { BaseAddress = 0x0800_2000 });
        Assert.Equal(0x0800_2000u, Assert.Single(image.Segments).Address);
    }

    [Fact]
    public void Load_BinaryAtAnOddAddress_IsRefused()
    {
        var error = Assert.Throws<ImageException>(() => FirmwareImage.Load(Some, "app.bin", new ImageOptions { BaseAddress = 0x0800_0001 }));
        Assert.Equal("IMAGE_BASE_ODD", error.Reason);
        Assert.Contains("0x08000001", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sha256_File_IsTheDigestOfAllItsBytes() =>
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Some)), FirmwareImage.Load(Some, "app.bin").Sha256);

    [Fact]
    public void Load_NameWithFolders_KeepsTheLastPart() => Assert.Equal("app.bin", FirmwareImage.Load(Some, "/srv/ci/app.bin").Name);

    [Fact]
    public void Load_HexNamedBin_IsReadAsHex() =>
        Assert.Equal(ImageFormat.IntelHex, FirmwareImage.Load(Encoding.ASCII.GetBytes(":0100000055AA\n:00000001FF\n"), "app.bin").Format);

    [Theory]
    [InlineData("app.hex", "IMAGE_FORMAT")]
    [InlineData("app.elf", "IMAGE_FORMAT")]
    [InlineData("app.s19", "IMAGE_FORMAT")]
    [InlineData("app.uf2", "IMAGE_FORMAT")]
    [InlineData("notes.txt", "IMAGE_FORMAT")]
    public void Load_ContentThatIsNotWhatTheNameSays_IsRefused(string name, string reason)
    {
        var error = Assert.Throws<ImageException>(() => FirmwareImage.Load(Some, name));
        Assert.Equal(reason, error.Reason);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoBytes_IsEmpty() =>
        Assert.Equal("IMAGE_EMPTY", Assert.Throws<ImageException>(() => FirmwareImage.Load(Array.Empty<byte>(), "app.bin")).Reason);

    [Fact]
    public void Load_HugeFile_IsTooLarge()
    {
        var file = new byte[FirmwareImage.LargestFile + 1];
        Assert.Equal("IMAGE_TOO_LARGE", Assert.Throws<ImageException>(() => FirmwareImage.Load(file, "app.bin")).Reason);
    }

    [Fact]
    public void Load_BinaryPastTheTopOfMemory_IsCorrupt()
    {
        var options = new ImageOptions { BaseAddress = 0xFFFF_FFFE };
        Assert.Equal("IMAGE_CORRUPT", Assert.Throws<ImageException>(() => FirmwareImage.Load(Some, "app.bin", options)).Reason);
    }
}
