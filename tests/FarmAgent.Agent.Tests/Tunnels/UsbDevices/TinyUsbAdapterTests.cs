using System.Buffers.Binary;
using FarmAgent.Agent.Tunnels.UsbDevices;
using FarmAgent.Hardware.I2c;

namespace FarmAgent.Agent.Tests.Tunnels.UsbDevices;

/// <summary>The requests as Linux's driver sends them.</summary>
public sealed class TinyUsbAdapterTests : IDisposable
{
    private const byte Whole = 7;
    private const byte First = 5;
    private const byte Last = 6;
    private const byte Middle = 4;
    private static readonly I2cAddress Known = new(0x08);
    private readonly RecordedBus _bus = new();
    private readonly TinyUsbAdapter _adapter = new(address => address.Value != 0x50, TimeSpan.FromSeconds(1));

    public void Dispose() => _bus.Dispose();

    [Fact]
    public void Echo_ReturnsTheValue() => Assert.Equal([0x34, 0x12], _adapter.Answer(new UsbSetup(0xC1, 0, 0x1234, 0, 2)));

    [Fact]
    public void Functionality_IsPlainI2cAndWhatFollowsFromIt()
    {
        var functionality = BinaryPrimitives.ReadUInt32LittleEndian(_adapter.Answer(new UsbSetup(0xC1, 1, 0, 0, 4)));

        // I2C_FUNC_I2C and I2C_FUNC_SMBUS_QUICK are there; 10BIT_ADDR, PROTOCOL_MANGLING, NOSTART and READ_BLOCK_DATA are not.
        Assert.Equal((0x0001_0001u, 0u), (functionality & 0x0001_0001, functionality & 0x0100_0016));
    }

    [Fact]
    public void SetDelay_IsAccepted() => Assert.Empty(_adapter.Answer(new UsbSetup(0x41, 2, 10, 0, 0))!);

    [Fact]
    public void UnknownRequest_IsStalled() => Assert.Null(_adapter.Answer(new UsbSetup(0xC1, 9, 0, 0, 1)));

    [Fact]
    public void Status_Fresh_IsIdle() => Assert.Equal(0, Status());

    [Fact]
    public void Write_Acknowledged_PassesItsBytes()
    {
        Assert.Empty(Write(Whole, Known, 0x10, 0x20)!);

        Assert.Equal(("0x08 w 10-20 r 0", 1), (_bus.Last, Status()));
    }

    [Fact]
    public void Write_OfNothing_AsksWhoIsThere()
    {
        Write(Whole, Known);

        Assert.Equal(("0x08 w  r 0", 1), (_bus.Last, Status()));
    }

    [Fact]
    public void Read_Alone_ReadsWithoutWriting() =>
        Assert.Equal(("A0-A1", "0x08 w  r 2"), (Convert(Read(Whole, Known, 2)), _bus.Last));

    [Fact]
    public void WriteThenRead_IsOneCombinedTransfer()
    {
        Write(First, Known, 0x00);
        Assert.Null(_bus.Last);

        Assert.Equal(("A0-A1", "0x08 w 00 r 2", 1), (Convert(Read(Last, Known, 2)), _bus.Last, Status()));
    }

    [Fact]
    public void Message_FromDevI2c_IsLikeAnyOther() => Assert.Equal([0xA0], _adapter.Move(new UsbSetup(0xC1, Whole, 0x0201, 0x08, 1), [], _bus));

    [Fact]
    public void Address_NotAcknowledged_IsSaidByTheStatusAlone()
    {
        _bus.Outcome = I2cTransferStatus.AddressNack;

        Assert.Equal((2, 2), (Read(Whole, Known, 2)?.Length, Status()));
    }

    [Theory]
    [InlineData(I2cTransferStatus.DataNack)]
    [InlineData(I2cTransferStatus.ArbitrationLost)]
    [InlineData(I2cTransferStatus.Timeout)]
    [InlineData(I2cTransferStatus.BusStuck)]
    [InlineData(I2cTransferStatus.AdapterFault)]
    public void OtherFailures_AreStalledSoThatTheKernelSaysEio(I2cTransferStatus status)
    {
        _bus.Outcome = status;

        Assert.Equal((null, 0), (Write(Whole, Known, 1), Status()));
    }

    [Fact]
    public void Address_OfAnotherBoard_IsStalledAndNeverSent() => Assert.Equal((null, null), (Read(Whole, new I2cAddress(0x50), 1), _bus.Last));

    [Fact]
    public void Messages_ThatTheBusCannotJoin_AreStalled()
    {
        Assert.Null(Read(First, Known, 1));
        Assert.Null(Read(Last, Known, 1));
        Write(First, Known, 1);
        Assert.Null(Write(Middle, Known, 2));
        Write(First, Known, 1);
        Assert.Null(Read(Last, new I2cAddress(0x09), 1));
        Assert.Null(_bus.Last);
    }

    [Fact]
    public void Message_WithFlagsThatTheBusDoesNotHave_IsStalled() => Assert.Null(_adapter.Move(new UsbSetup(0xC1, Whole, 0x0011, 0x08, 1), [], _bus));

    private static string Convert(byte[]? bytes) => BitConverter.ToString(bytes ?? []);

    private byte[]? Write(byte request, I2cAddress address, params byte[] data) =>
        _adapter.Move(new UsbSetup(0x41, request, 0, address.Value, (ushort)data.Length), data, _bus);

    private byte[]? Read(byte request, I2cAddress address, ushort length) => _adapter.Move(new UsbSetup(0xC1, request, 1, address.Value, length), [], _bus);

    private int Status() => _adapter.Answer(new UsbSetup(0xC1, 3, 0, 0, 1))![0];

    /// <summary>Remembers the last transfer; reads A0, A1, … .</summary>
    private sealed class RecordedBus : II2cBus
    {
        public string Name => "i2c0";

        public string? Last { get; private set; }

        public I2cTransferStatus Outcome { get; set; }

        public I2cTransferResult Transfer(I2cAddress address, ReadOnlySpan<byte> write, Span<byte> read, TimeSpan timeout)
        {
            Last = $"{address} w {BitConverter.ToString(write.ToArray())} r {read.Length}";
            for (var index = 0; index < read.Length && Outcome == I2cTransferStatus.Ok; index++)
            {
                read[index] = (byte)(0xA0 + index);
            }

            return new I2cTransferResult(Outcome, write.Length, read.Length);
        }

        public I2cLineLevels ReadLines() => default;

        public void Dispose()
        {
        }
    }
}
