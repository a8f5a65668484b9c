using FarmAgent.Hardware.I2c;

namespace FarmAgent.Simulation.Tests.Mcu;

public sealed class I2cSlaveTransmitterTests
{
    private const uint AcknowledgeFailure = 0x0400;

    [Fact]
    public void Address_OwnForReading_ShowsTraBusyTxeAddr()
    {
        using var dut = new I2cBench();
        dut.Begin([], read: 1);
        dut.AddressPasses();
        Assert.Equal((I2cBench.ReadAddr, false), (dut.Flags, dut.SclHigh));
    }

    [Fact]
    public void Address_ClearedButNothingLoaded_StillHoldsTheClock()
    {
        using var dut = new I2cBench();
        dut.Begin([], read: 1);
        dut.AddressPasses();
        dut.ReadFlags();
        Assert.Equal((0x0006_0080u, false), (dut.Flags, dut.SclHigh));
    }

    [Fact]
    public void Data_Written_GoesToTheShiftRegisterAtOnceAndTxeStays()
    {
        using var dut = Loaded(readLength: 1);
        Assert.Equal((I2cBench.ReadLoaded, true), (dut.Flags, dut.SclHigh));
    }

    [Fact]
    public void Data_WrittenBeforeAddrIsCleared_GoesOutAfterwards()
    {
        using var dut = new I2cBench();
        var transaction = dut.Begin([], read: 1);
        dut.AddressPasses();
        dut.Register(0x10, 0xBE);
        var waiting = dut.Flags;
        dut.ReadFlags();
        dut.Bits(15);
        Assert.Equal((0x0006_0002u, (byte)0xBE), (waiting, transaction.Read[0]));
    }

    [Fact]
    public void Data_SecondWrite_ClearsTxeUntilTheFirstIsOut()
    {
        using var dut = Loaded(readLength: 2);
        dut.Register(0x10, 0xEF);
        var waiting = dut.Flags;
        dut.Bits(9.2);
        Assert.Equal((0x0006_0000u, I2cBench.ReadLoaded), (waiting, dut.Flags));
    }

    [Fact]
    public void Byte_SentAndNothingLoaded_ShowsBtfAndHoldsTheClock()
    {
        using var dut = Loaded(readLength: 2);
        dut.Bits(9.2);
        Assert.Equal((I2cBench.ReadBtf, false), (dut.Flags, dut.SclHigh));
    }

    [Fact]
    public void Byte_WrittenAtBtf_ClearsBtfAndGoesOn()
    {
        using var dut = Loaded(readLength: 2);
        dut.Bits(9.2);
        dut.Register(0x10, 0xEF);
        Assert.Equal((I2cBench.ReadLoaded, true), (dut.Flags, dut.SclHigh));
    }

    [Fact]
    public void Nack_ByTheMaster_SetsAfWithoutBtf()
    {
        using var dut = Loaded(readLength: 1);
        dut.Bits(9.2);
        Assert.Equal(I2cBench.ReadLoaded | AcknowledgeFailure, dut.Flags);
    }

    [Fact]
    public void Stop_AfterTheNack_TakesTxeTraBusyAndShowsNoStopf()
    {
        using var dut = Loaded(readLength: 1);
        dut.Bits(11);
        Assert.Equal(AcknowledgeFailure, dut.Flags);
    }

    [Fact]
    public void AcknowledgeFailure_WriteZero_ClearsIt()
    {
        using var dut = Loaded(readLength: 1);
        dut.Bits(11);
        dut.Register(0x14, 0xFBFF);
        Assert.Equal(0u, dut.Flags);
    }

    [Fact]
    public void RepeatedStart_AfterARegisterNumber_ShowsNoStopfAndTheReadAddress()
    {
        using var dut = new I2cBench();
        dut.Begin([0x01], read: 1);
        dut.AddressPasses();
        dut.ReadFlags();
        dut.Bits(9.2);
        dut.Register(0x10);
        dut.Bits(10);
        Assert.Equal(I2cBench.ReadAddr, dut.Flags);
    }

    [Fact]
    public void ByteLeftInDr_AtTheNextRead_IsNotSent()
    {
        using var dut = Loaded(readLength: 1);
        dut.Register(0x10, 0x77);
        dut.Bits(12);
        var transaction = dut.Begin([], read: 1);
        dut.AddressPasses();
        dut.ReadFlags();
        dut.Register(0x10, 0x12);
        dut.Bits(15);
        Assert.Equal((I2cTransferStatus.Ok, (byte)0x12), (transaction.Status!.Value, transaction.Read[0]));
    }

    private static I2cBench Loaded(int readLength)
    {
        var dut = new I2cBench();
        dut.Begin([], read: readLength);
        dut.AddressPasses();
        dut.ReadFlags();
        dut.Register(0x10, 0xBE);
        return dut;
    }
}
