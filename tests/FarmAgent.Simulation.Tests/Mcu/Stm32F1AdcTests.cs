namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class Stm32F1AdcTests : IDisposable
{
    private const uint Adc = 0x4001_2400;

    private readonly ChipBench _dut = new();

    public Stm32F1AdcTests()
    {
        _dut.Write(0x4002_1018, 0x205);
        _dut.Write(Adc + 0x08, 0x0080_0001);
    }

    public void Dispose() => _dut.Dispose();

    // DS5319 table 50: 1.43 V at 25 degrees; table 13: 1.20 V.
    [Theory]
    [InlineData(16, 1774)]
    [InlineData(17, 1489)]
    public void InternalChannel_Converted_GivesItsTypicalVoltage(uint channel, uint expected) => Assert.Equal(expected, Convert(channel));

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 4095)]
    public void ExternalChannel_Converted_IsGroundOrSupply(bool high, uint expected)
    {
        using var line = _dut.Bench.OpenBackend().OpenGpio("PG0");
        line.ConfigureOutput(high);
        Assert.Equal(expected, Convert(1));
    }

    [Fact]
    public void Conversion_TakesItsSamplingTime()
    {
        _dut.Write(Adc + 0x10, 7);
        Start(0);
        _dut.AdvanceMicroseconds(62);
        var early = _dut.Read(Adc) & 2;
        _dut.AdvanceMicroseconds(2);
        Assert.Equal((0u, 2u), (early, _dut.Read(Adc) & 2));
    }

    [Fact]
    public void Calibration_EndsByItself()
    {
        _dut.Write(Adc + 0x08, 0x0080_0005);
        var during = _dut.Read(Adc + 0x08) & 4;
        _dut.AdvanceMicroseconds(50);
        Assert.Equal((4u, 0u), (during, _dut.Read(Adc + 0x08) & 4));
    }

    [Fact]
    public void TriggerByATimer_StartsNothing()
    {
        _dut.Write(Adc + 0x08, 0x0090_0001);
        _dut.Write(Adc + 0x08, 0x00D0_0001);
        _dut.AdvanceMicroseconds(100);
        Assert.Equal(0u, _dut.Read(Adc) & 2);
    }

    private uint Convert(uint channel)
    {
        Start(channel);
        _dut.AdvanceMicroseconds(100);
        return _dut.Read(Adc + 0x4C);
    }

    private void Start(uint channel)
    {
        _dut.Write(Adc + 0x34, channel);
        _dut.Write(Adc + 0x08, 0x009E_0001);
        _dut.Write(Adc + 0x08, 0x00DE_0001);
    }
}
