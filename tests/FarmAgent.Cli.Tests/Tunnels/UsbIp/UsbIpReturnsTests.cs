using System.Buffers.Binary;
using FarmAgent.Api.V1;
using FarmAgent.Cli.Tunnels.UsbIp;
using Google.Protobuf;

namespace FarmAgent.Cli.Tests.Tunnels.UsbIp;

public sealed class UsbIpReturnsTests
{
    [Fact]
    public void Of_ShortRead_CarriesItsDataAndLength()
    {
        var bytes = UsbIpReturns.Of(Command(isIn: true), Completion(UsbStatus.Ok, 1, 2, 3));

        Assert.Equal((3, 7, 0, 3, -1), (Word(bytes, 0), Word(bytes, 1), Word(bytes, 5), Word(bytes, 6), Word(bytes, 8)));
        Assert.Equal([1, 2, 3], bytes[48..]);
    }

    [Fact]
    public void Of_Write_SaysHowMuchAndCarriesNothing()
    {
        var bytes = UsbIpReturns.Of(Command(isIn: false), new UsbCompletion { Status = UsbStatus.Ok, Length = 16 });

        Assert.Equal((48, 16), (bytes.Length, Word(bytes, 6)));
    }

    [Theory]
    [InlineData(UsbStatus.Stall, -32)]
    [InlineData(UsbStatus.Timeout, -110)]
    [InlineData(UsbStatus.Overflow, -75)]
    [InlineData(UsbStatus.Failed, -71)]
    public void Of_Failure_IsLinuxErrorNumber(UsbStatus status, int number) =>
        Assert.Equal(number, Word(UsbIpReturns.Of(Command(isIn: true), Completion(status)), 5));

    [Fact]
    public void Of_ShortReadThatMustNotBe_IsAnError() =>
        Assert.Equal(-121, Word(UsbIpReturns.Of(Command(isIn: true, flags: 1), Completion(UsbStatus.Ok, 1)), 5));

    [Theory]
    [InlineData(true, -104)]
    [InlineData(false, 0)]
    public void OfUnlink_SaysWhetherItWasTakenBack(bool takenBack, int status)
    {
        var bytes = UsbIpReturns.OfUnlink(9, takenBack);

        Assert.Equal((48, 4, 9, status), (bytes.Length, Word(bytes, 0), Word(bytes, 1), Word(bytes, 5)));
    }

    private static UsbIpCommand Command(bool isIn, uint flags = 0) => new(UsbIpProtocol.Submit, 7, isIn, 1, flags, 64, 0, 0);

    private static UsbCompletion Completion(UsbStatus status, params byte[] data) =>
        new() { Id = 7, Status = status, Data = ByteString.CopyFrom(data), Length = (uint)data.Length };

    private static int Word(byte[] bytes, int index) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 * index));
}
