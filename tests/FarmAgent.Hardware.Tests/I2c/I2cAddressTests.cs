using FarmAgent.Hardware.I2c;

namespace FarmAgent.Hardware.Tests.I2c;

public sealed class I2cAddressTests
{
    [Theory]
    [InlineData("0x08", 0x08)]
    [InlineData("8", 8)]
    [InlineData(" 0X7f ", 0x7F)]
    public void TryParse_HexOrDecimal_GivesTheAddress(string text, byte expected)
    {
        Assert.True(I2cAddress.TryParse(text, out var address));
        Assert.Equal(expected, address.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("0x80")]
    [InlineData("-1")]
    [InlineData("eight")]
    public void TryParse_NotSevenBits_IsRefused(string? text) => Assert.False(I2cAddress.TryParse(text, out _));

    [Fact]
    public void ToString_PrintsTwoHexDigits() => Assert.Equal("0x08", new I2cAddress(8).ToString());
}
