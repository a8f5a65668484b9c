using CsCheck;
using FarmAgent.Hardware.Serial;
using FarmAgent.Simulation.Serial;

namespace FarmAgent.Simulation.Tests.Serial;

public sealed class SerialFrameTests
{
    private static readonly SerialSettings Plain = SerialSettings.Default;

    [Fact]
    public void Decode_WithTheSendersSettings_GivesTheValue() => Gen.Select(Gen.Byte, Gen.Enum<SerialParity>(), Gen.Int[1, 2]).Sample((value, parity, stop) =>
    {
        var settings = new SerialSettings(115_200, 8, parity, stop);
        return SerialFrame.Encode(value, settings).Decode(settings) == new SerialReception(value, FramingError: false, ParityError: false);
    });

    [Fact]
    public void Decode_TwoPercentOff_StillGivesTheValue() => Gen.Byte.Sample(value =>
        SerialFrame.Encode(value, Plain).Decode(Plain with { BaudRate = 117_500 }) == new SerialReception(value, FramingError: false, ParityError: false));

    [Fact]
    public void Decode_TwiceAsFast_IsWrong() =>
        Assert.NotEqual(0x41, SerialFrame.Encode(0x41, Plain).Decode(Plain with { BaudRate = 230_400 }).Value);

    [Fact]
    public void Decode_HalfAsFast_MissesTheValue() =>
        Assert.NotEqual(0x41, SerialFrame.Encode(0x41, Plain).Decode(Plain with { BaudRate = 57_600 }).Value);

    [Fact]
    public void Decode_OddAsEven_IsAParityError()
    {
        var odd = Plain with { Parity = SerialParity.Odd };
        Assert.True(SerialFrame.Encode(0x41, odd).Decode(Plain with { Parity = SerialParity.Even }).ParityError);
    }

    [Fact]
    public void Duration_Of8N1_IsTenBits() => Assert.Equal(86_805_550, SerialFrame.Encode(0, Plain).Duration);
}
