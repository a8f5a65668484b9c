using System.Device.I2c;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Linux;

namespace FarmAgent.Hardware.KernelTests.I2c;

/// <summary>
/// Each error number that an adapter's driver may give, through the kernel's i2c-dev: the adapter of tests/kernel-lane/i2c-errors has an address for each.
/// </summary>
public sealed partial class AdapterErrorTests : IDisposable
{
    private const string Adapter = "errors of every kind";
    private readonly LinuxBackend _backend = new("contract tests");

    public static TheoryData<byte, int> Numbers => new()
    {
        { 0x10, 6 }, { 0x11, 121 }, { 0x12, 11 }, { 0x13, 110 }, { 0x14, 16 }, { 0x15, 5 }, { 0x16, 71 }, { 0x17, 22 }, { 0x18, 19 }, { 0x19, 108 }, { 0x1A, 32 },
    };

    public void Dispose() => _backend.Dispose();

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Package_FailedTransfer_HasTheNumberInItsTextAndAsTheLastOne(byte address, int number)
    {
        using var device = I2cDevice.Create(new I2cConnectionSettings(Outside.Bus(Adapter), address));
        int last;
        IOException thrown;
        try
        {
            device.WriteRead([0], new byte[1]);
            Assert.Fail("It did not fail.");
            return;
        }
        catch (IOException e)
        {
            last = Marshal.GetLastPInvokeError();
            thrown = e;
        }

        Assert.Equal(number, last);
        Assert.Equal(number.ToString(CultureInfo.InvariantCulture), FirstNumber().Match(thrown.Message).Value);
    }

    [Theory]
    [InlineData(0x10, I2cTransferStatus.AddressNack, 6)]
    [InlineData(0x11, I2cTransferStatus.DataNack, 121)]
    [InlineData(0x12, I2cTransferStatus.ArbitrationLost, 11)]
    [InlineData(0x13, I2cTransferStatus.Timeout, 110)]
    [InlineData(0x14, I2cTransferStatus.BusStuck, 16)]
    [InlineData(0x15, I2cTransferStatus.AdapterFault, 5)]
    [InlineData(0x16, I2cTransferStatus.AdapterFault, 71)]
    [InlineData(0x17, I2cTransferStatus.AdapterFault, 22)]
    public void Transfer_FailsInTheDriver_IsToldApart(byte address, I2cTransferStatus status, int number)
    {
        using var bus = _backend.OpenI2c(Adapter);
        var limit = TimeSpan.FromSeconds(1);
        var expected = new I2cTransferResult(status, 0, 0, number);
        Assert.Equal(expected, bus.Transfer(new I2cAddress(address), [0], new byte[1], limit));
        Assert.Equal(expected, bus.Transfer(new I2cAddress(address), [0], [], limit));
        Assert.Equal(expected, bus.Transfer(new I2cAddress(address), [], new byte[1], limit));
    }

    [Theory]
    [InlineData(0x18)]
    [InlineData(0x19)]
    [InlineData(0x1A)]
    public void Transfer_AdapterIsGone_SaysLost(byte address)
    {
        using var bus = _backend.OpenI2c(Adapter);
        Assert.Equal("I2C_ADAPTER_LOST", Assert.Throws<HardwareException>(() => bus.Transfer(new I2cAddress(address), [0], [], TimeSpan.FromSeconds(1))).Reason);
    }

    [Fact]
    public void Transfer_TheChipAmongThem_Works()
    {
        using var bus = _backend.OpenI2c(Adapter);
        var read = new byte[2];
        bus.Transfer(new I2cAddress(0x08), [3, 0xBE, 0xEF], [], TimeSpan.FromSeconds(1));
        Assert.True(bus.Transfer(new I2cAddress(0x08), [3], read, TimeSpan.FromSeconds(1)).IsOk);
        Assert.Equal([0xBE, 0xEF], read);
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FirstNumber();
}
