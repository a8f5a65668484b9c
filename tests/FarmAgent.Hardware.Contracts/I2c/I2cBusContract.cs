using FarmAgent.Hardware.I2c;

namespace FarmAgent.Hardware.Contracts.I2c;

/// <summary>
/// What an <see cref="II2cBus"/> owes. On the bus is a chip at 0x50 with sixteen registers: the first byte written is the number of the register that the
/// next byte goes to or comes from; the number then counts up and wraps. Nobody is at 0x51.
/// </summary>
public abstract class I2cBusContract : HardwareContract
{
    private static readonly I2cAddress Chip = new(0x50);
    private static readonly I2cAddress Nobody = new(0x51);

    /// <summary>The adapter.</summary>
    protected abstract string Bus { get; }

    /// <summary>Holds SCL low until it is disposed.</summary>
    protected abstract IDisposable HoldClock();

    /// <summary>Has the chip refuse the second byte that is sent from now on: the first one after the address.</summary>
    protected abstract void RefuseData();

    [Fact]
    public void Open_Unknown_IsNamed()
    {
        var lost = Fails<HardwareException>("I2C_ADAPTER_LOST", () => Backend.OpenI2c("no such adapter"));
        Assert.Contains("no such adapter", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transfer_WriteThenRead_IsOneCombinedTransfer()
    {
        using var bus = Backend.OpenI2c(Bus);
        Assert.Equal(new I2cTransferResult(I2cTransferStatus.Ok, 3, 0), bus.Transfer(Chip, [4, 0xBE, 0xEF], [], Long));
        var read = new byte[2];
        Assert.Equal(new I2cTransferResult(I2cTransferStatus.Ok, 1, 2), bus.Transfer(Chip, [4], read, Long));
        Assert.Equal([0xBE, 0xEF], read);
    }

    [Fact]
    public void Transfer_ReadAlone_GoesOnWhereTheChipIs()
    {
        using var bus = Backend.OpenI2c(Bus);
        bus.Transfer(Chip, [0, 1, 2, 3], [], Long);
        bus.Transfer(Chip, [1], [], Long);
        var read = new byte[2];
        Assert.True(bus.Transfer(Chip, [], read, Long).IsOk);
        Assert.Equal([2, 3], read);
    }

    [Fact]
    public void Transfer_WholeChip_IsUnchanged()
    {
        using var bus = Backend.OpenI2c(Bus);
        var written = Enumerable.Range(0, 16).Select(i => (byte)(0xA5 ^ (i * 17))).ToArray();
        bus.Transfer(Chip, [0, .. written], [], Long);
        var read = new byte[16];
        bus.Transfer(Chip, [0], read, Long);
        Assert.Equal(written, read);
    }

    [Fact]
    public void Transfer_LongerThanASmbusBlock_Works()
    {
        using var bus = Backend.OpenI2c(Bus);
        var written = new byte[64];
        written.AsSpan().Fill(0x3C);
        var read = new byte[64];
        Assert.Equal(64, bus.Transfer(Chip, written, [], Long).BytesWritten);
        Assert.Equal(64, bus.Transfer(Chip, [0], read, Long).BytesRead);
        Assert.Equal(written, read);
    }

    [Fact]
    public void Transfer_AddressOnly_TellsWhoIsThere()
    {
        using var bus = Backend.OpenI2c(Bus);
        Assert.True(bus.Transfer(Chip, [], [], Long).IsOk);
        Assert.Equal(I2cTransferStatus.AddressNack, bus.Transfer(Nobody, [], [], Long).Status);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void Transfer_Nobody_IsANack(int write, int read)
    {
        using var bus = Backend.OpenI2c(Bus);
        var result = bus.Transfer(Nobody, new byte[write], new byte[read], Long);
        Assert.Equal((I2cTransferStatus.AddressNack, 0, 0, true, false), (result.Status, result.BytesWritten, result.BytesRead, result.IsNack, result.IsOk));
    }

    [Fact]
    public void Transfer_AfterANack_Works()
    {
        using var bus = Backend.OpenI2c(Bus);
        bus.Transfer(Nobody, [0], new byte[1], Long);
        Assert.True(bus.Transfer(Chip, [0], new byte[1], Long).IsOk);
    }

    [Fact]
    public void Transfer_DataRefused_IsNotAnAbsentChip()
    {
        using var bus = Backend.OpenI2c(Bus);
        RefuseData();
        var result = bus.Transfer(Chip, [0, 1], [], Long);
        Assert.False(result.IsOk);
        Assert.NotEqual(I2cTransferStatus.AddressNack, result.Status);
    }

    [Fact]
    public void Transfer_ClockHeldLow_IsNoNack()
    {
        using var bus = Backend.OpenI2c(Bus);
        using (HoldClock())
        {
            var result = bus.Transfer(Chip, [0], new byte[1], Short);
            Assert.Equal((false, false), (result.IsOk, result.IsNack));
        }

        Assert.True(bus.Transfer(Chip, [0], new byte[1], Long).IsOk);
    }

    [Theory]
    [InlineData(0x80)]
    [InlineData(0xFF)]
    public void Transfer_TenBitAddress_IsRefused(byte address)
    {
        using var bus = Backend.OpenI2c(Bus);
        Fails<RequestException>("I2C_ADDRESS_INVALID", () => bus.Transfer(new I2cAddress(address), [0], [], Long));
    }

    [Fact]
    public void Open_Twice_BothWork()
    {
        using var first = Backend.OpenI2c(Bus);
        using var second = Backend.OpenI2c(Bus);
        first.Transfer(Chip, [7, 0x77], [], Long);
        var read = new byte[1];
        second.Transfer(Chip, [7], read, Long);
        Assert.Equal([0x77], read);
    }

    [Fact]
    public void Dispose_Twice_IsNoFault()
    {
        var bus = Backend.OpenI2c(Bus);
        bus.Dispose();
        bus.Dispose();
        Assert.Throws<ObjectDisposedException>(() => bus.Transfer(Chip, [0], [], Long));
    }
}
