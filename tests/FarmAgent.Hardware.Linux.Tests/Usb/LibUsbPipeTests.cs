using FarmAgent.Hardware.Linux.Usb;
using LibUsbDotNet;

namespace FarmAgent.Hardware.Linux.Tests.Usb;

public sealed class LibUsbPipeTests
{
    [Theory]
    [InlineData(Error.Success, 0, 0, true)]
    [InlineData(Error.Success, 6, 6, true)]
    [InlineData(Error.Timeout, 0, 0, false)]
    [InlineData(Error.Timeout, 6, 6, true)]
    [InlineData(Error.Timeout, 64, 64, false)]
    [InlineData(Error.Timeout, 64, 256, true)]
    [InlineData(Error.Timeout, 22, 86, true)]
    [InlineData(Error.Timeout, 0, 64, false)]
    [InlineData(Error.NoDevice, 6, 6, false)]
    public void IsOver_SliceEnds_AShortPacketEndsTheTransfer(Error error, int received, int total, bool expected) =>
        Assert.Equal(expected, LibUsbPipe.IsOver(error, received, total, wanted: 256));
}
