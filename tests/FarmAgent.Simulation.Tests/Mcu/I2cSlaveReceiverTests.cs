using FarmAgent.Hardware.I2c;

namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class I2cSlaveReceiverTests
{
    [Fact]
    public void Address_OwnForWriting_ShowsBusyAndAddrAndHoldsTheClock()
    {
        using var dut = new I2cBench();
        dut.Begin([0x55]);
        dut.AddressPasses();
        Assert.Equal((I2cBench.BusyAddr, false), (dut.Flags, dut.SclHigh));
    }

    [Fact]
    public void Address_ReadOfSr1ThenSr2_ClearsAddrAndLetsTheClockGo()
    {
        using var dut = new I2cBench();
        dut.Begin([0x55]);
        dut.AddressPasses();
        dut.ReadFlags();
        Assert.Equal((0x0002_0000u, true), (dut.Flags, dut.SclHigh));
    }

    [Fact]
    public void Address_ReadOfSr2Alone_KeepsAddr()
    {
        using var dut = new I2cBench();
        dut.Begin([0x55]);
        dut.AddressPasses();
        dut.Register(0x18);
        Assert.Equal(I2cBench.BusyAddr, dut.Flags);
    }

    [Fact]
    public void Address_NeverCleared_StretchesUntilTheMastersLimit()
    {
        using var dut = new I2cBench();
        var result = dut.Chip.Bench.OpenBackend().OpenI2c("i2c0").Transfer(new I2cAddress(8), [1], [], TimeSpan.FromMilliseconds(25));
        Assert.Equal(I2cTransferStatus.Timeout, result.Status);
    }

    [Fact]
    public void Byte_Received_ShowsRxneAlone()
    {
        using var dut = ReceivedBytes(1, 0x55);
        Assert.Equal((I2cBench.BusyRxne, 0x55u), (dut.Flags, dut.Register(0x10)));
    }

    [Fact]
    public void Byte_ReadFromDr_ClearsRxne()
    {
        using var dut = ReceivedBytes(1, 0x55, 0x66);
        dut.Register(0x10);
        Assert.Equal(0x0002_0000u, dut.Flags);
    }

    [Fact]
    public void SecondByte_WhileTheFirstWaits_ShowsBtfAndHoldsTheClock()
    {
        using var dut = ReceivedBytes(2, 0x55, 0x66, 0x77);
        Assert.Equal((I2cBench.BusyRxneBtf, false), (dut.Flags, dut.SclHigh));
    }

    [Fact]
    public void SecondByte_AfterBothReads_BothArriveInOrder()
    {
        using var dut = ReceivedBytes(2, 0x55, 0x66, 0x77);
        var first = dut.Register(0x10);
        Assert.Equal((0x55u, 0x66u, true), (first, dut.Register(0x10), dut.SclHigh));
    }

    [Fact]
    public void Stop_AfterAWrite_ShowsStopfWithBusyDown()
    {
        using var dut = ReceivedBytes(1, 0x55);
        dut.Register(0x10);
        dut.Bits(2);
        Assert.Equal(I2cBench.Stopf, dut.Flags);
    }

    [Fact]
    public void Stop_WhileAByteStillWaits_StaysPendingBesideRxne()
    {
        using var dut = ReceivedBytes(1, 0x55);
        dut.Bits(2);
        Assert.Equal(0x50u, dut.Flags);
    }

    [Fact]
    public void Stop_ReadOfSr1ThenWriteOfCr1_ClearsStopf()
    {
        using var dut = ReceivedBytes(1, 0x55);
        dut.Register(0x10);
        dut.Bits(2);
        dut.Register(0x14);
        dut.Register(0x00, 0x0401);
        Assert.Equal(0u, dut.Flags);
    }

    [Fact]
    public void Transfer_OfAnotherAddress_OnlyShowsBusyUntilStop()
    {
        using var dut = new I2cBench();
        var transaction = dut.Begin([0x55], address: 0x09);
        dut.Bits(5);
        var during = dut.Flags;
        dut.Bits(10);
        Assert.Equal((0x0002_0000u, 0u, I2cTransferStatus.AddressNack), (during, dut.Flags, transaction.Status));
    }

    [Theory]
    [InlineData(0x0001u)]
    [InlineData(0x0400u)]
    public void Address_WithoutAckOrPe_IsNotAcknowledged(uint control1)
    {
        using var dut = new I2cBench(control1);
        var transaction = dut.Begin([0x55]);
        dut.Bits(15);
        Assert.Equal(I2cTransferStatus.AddressNack, transaction.Status);
    }

    [Fact]
    public void Address_WithoutThePeripheralsClock_IsNotAcknowledged()
    {
        using var dut = new I2cBench();
        dut.Chip.Write(0x4002_101C, 0);
        var transaction = dut.Begin([0x55]);
        dut.Bits(15);
        Assert.Equal(I2cTransferStatus.AddressNack, transaction.Status);
    }

    [Theory]
    [InlineData(0xBB44_4444u)]
    [InlineData(0x4444_4444u)]
    public void Address_PinsNotAlternateOpenDrain_IsNotAcknowledged(uint crl)
    {
        using var dut = new I2cBench();
        dut.Chip.Write(0x4001_0C00, crl);
        var transaction = dut.Begin([0x55]);
        dut.Bits(15);
        Assert.Equal(I2cTransferStatus.AddressNack, transaction.Status);
    }

    [Fact]
    public void SecondOwnAddress_SetsDualf()
    {
        using var dut = new I2cBench();
        dut.Register(0x0C, 0x21);
        dut.Begin([0x55], address: 0x10);
        dut.AddressPasses();
        Assert.Equal(0x0082_0002u, dut.Flags);
    }

    [Fact]
    public void SoftwareReset_InATransfer_ReleasesTheClockAndClearsAll()
    {
        using var dut = new I2cBench();
        dut.Begin([0x55]);
        dut.AddressPasses();
        dut.Register(0x00, 0x8000);
        Assert.Equal((0u, true, 0u), (dut.Flags, dut.SclHigh, dut.Register(0x08)));
    }

    private static I2cBench ReceivedBytes(int received, params byte[] bytes)
    {
        var dut = new I2cBench();
        dut.Begin(bytes);
        dut.AddressPasses();
        dut.ReadFlags();
        dut.Bits((9 * received) + 0.2);
        return dut;
    }
}
