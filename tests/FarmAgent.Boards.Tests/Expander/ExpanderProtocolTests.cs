using FarmAgent.Boards.Expander;
using FarmAgent.Hardware;
using FarmAgent.Hardware.I2c;

namespace FarmAgent.Boards.Tests.Expander;

public sealed class ExpanderProtocolTests
{
    private readonly FakeExpander _device = FakeExpander.Ours();
    private readonly ExpanderProtocol _expander;

    public ExpanderProtocolTests() => _expander = new ExpanderProtocol(_device, new I2cAddress(0x08), TimeSpan.FromMilliseconds(100));

    [Fact]
    public void Probe_OurFirmware_GivesMagicAndVersion()
    {
        var probe = _expander.Probe().Value!;

        Assert.Equal((0xBEEF, "1.2.3", "3c7a19e2"), (probe.Magic, probe.Version?.ToString(), probe.Version?.BuildId));
    }

    [Fact]
    public void Probe_AnyFirmware_ReadsOneRegisterATransfer()
    {
        _expander.Probe();

        Assert.All(_device.Transfers, t => Assert.EndsWith(" r1", t, StringComparison.Ordinal));
    }

    [Fact]
    public void Probe_FirmwareWithoutVersionBlock_IsAnExpander()
    {
        _device.RefusedFrom = 0x23;

        var outcome = _expander.Probe();

        Assert.True(outcome.IsOk);
        Assert.Equal((true, null), (outcome.Value.IsExpander, outcome.Value.Version));
    }

    [Fact]
    public void Probe_OtherDevice_IsNoExpanderAndKeepsWhatItRead()
    {
        _device.Registers[1] = 0xAD;

        Assert.Equal((false, 0xBEAD), (_expander.Probe().Value!.IsExpander, _expander.Probe().Value!.Magic));
    }

    [Fact]
    public void Probe_Nobody_IsOutcomeWithTheStep()
    {
        _device.SilentFrom = 0;

        var outcome = _expander.Probe();

        Assert.Equal((false, I2cTransferStatus.AddressNack, "read register 0x00"), (outcome.IsOk, outcome.Transfer.Status, outcome.Step));
    }

    [Fact]
    public void Configure_Gpio_WritesPortPinConfigurationAndActivates()
    {
        _expander.Configure(2, new ExpanderConfiguration(0, 5, Output: true, InitialHigh: true, Inverted: true));

        Assert.Equal(["0x08 w0500 r0", "0x08 w0D05 r0", "0x08 w1507 r0", "0x08 w0202 r0"], _device.Transfers);
    }

    [Theory]
    [InlineData(true, false, false, 0x01)]
    [InlineData(false, true, false, 0x02)]
    [InlineData(false, false, true, 0x04)]
    public void Bits_OneFlag_IsTheFirmwaresBit(bool output, bool initial, bool inverted, byte bits) =>
        Assert.Equal(bits, new ExpanderConfiguration(0, 0, output, initial, inverted).Bits);

    [Fact]
    public void Configure_NackOnTheWay_NamesTheStep()
    {
        _device.SilentFrom = 2;

        Assert.Equal("write 0x01 to register 0x13", _expander.Configure(0, new ExpanderConfiguration(0, 0, true, false, false)).Step);
    }

    [Fact]
    public void Set_Value_WritesOneRegister()
    {
        _expander.Set(7, value: true);

        Assert.Equal(["0x08 w2201 r0"], _device.Transfers);
    }

    [Fact]
    public void Get_ConfiguredGpio_GivesItBack()
    {
        var configuration = new ExpanderConfiguration(1, 9, Output: true, InitialHigh: false, Inverted: true);
        _expander.Configure(3, configuration);
        _expander.Set(3, value: true);

        Assert.Equal(new ExpanderGpio(3, configuration, Value: true), _expander.Get(3).Value);
    }

    [Fact]
    public void GetAll_Expander_GivesEight() => Assert.Equal(8, _expander.GetAll().Value!.Count);

    [Fact]
    public void ReadRegisters_Range_GivesThemInOrder() =>
        Assert.Equal([0xBE, 0xEF, 0x00], _expander.ReadRegisters(0, 3, CancellationToken.None).Value!);

    [Fact]
    public void ReadRegisters_BeyondTheLast_IsRequestError() =>
        Assert.Equal("EXPANDER_REGISTER_INVALID", Assert.Throws<RequestException>(() => _expander.ReadRegisters(0xF0, 17, CancellationToken.None)).Reason);

    [Fact]
    public void Get_IndexOutOfRange_IsRequestError() =>
        Assert.Equal("EXPANDER_INDEX_INVALID", Assert.Throws<RequestException>(() => _expander.Get(8)).Reason);

    [Theory]
    [InlineData(0, 0, "PA0")]
    [InlineData(2, 13, "PC13")]
    [InlineData(0xFF, 0xFF, "none")]
    public void PinName_PortAndPin_ReadsAsOnTheChip(byte port, byte pin, string expected) =>
        Assert.Equal(expected, new ExpanderConfiguration(port, pin, false, false, false).PinName);
}
