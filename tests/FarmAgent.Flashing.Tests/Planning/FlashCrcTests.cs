using FarmAgent.Flashing.Planning;

namespace FarmAgent.Flashing.Tests.Planning;

public sealed class FlashCrcTests
{
    [Fact]
    public void Compute_NoWords_IsTheStartValue() => Assert.Equal(0xFFFF_FFFFu, FlashCrc.Compute([]));

    [Fact]
    public void Compute_OneZeroWord_IsTheValueOfTheManualsPolynomial() => Assert.Equal(0xC704_DD7Bu, FlashCrc.Compute(new byte[4]));

    [Fact]
    public void Compute_WordOfOnes_IsZero() => Assert.Equal(0u, FlashCrc.Compute([0xFF, 0xFF, 0xFF, 0xFF]));

    [Fact]
    public void Compute_Bytes_AreTakenAsLittleEndianWords() =>
        Assert.Equal(Bitwise(0x0403_0201), FlashCrc.Compute([0x01, 0x02, 0x03, 0x04]));

    [Fact]
    public void Compute_HalfAWord_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => FlashCrc.Compute(new byte[6]));

    private static uint Bitwise(uint word)
    {
        var crc = 0xFFFF_FFFF ^ word;
        for (var i = 0; i < 32; i++)
        {
            crc = (crc >> 31) == 1 ? (crc << 1) ^ 0x04C1_1DB7 : crc << 1;
        }

        return crc;
    }
}
