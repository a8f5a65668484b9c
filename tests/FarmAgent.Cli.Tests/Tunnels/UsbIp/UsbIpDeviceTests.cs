using FarmAgent.Api.V1;
using FarmAgent.Cli.Tunnels.UsbIp;
using Google.Protobuf;

namespace FarmAgent.Cli.Tests.Tunnels.UsbIp;

public sealed class UsbIpDeviceTests
{
    private static readonly byte[] Descriptor = [18, 1, 0, 2, 0, 0, 0, 64, 0x83, 0x04, 0x48, 0x37, 0x00, 0x01, 1, 2, 3, 1];
    private static readonly byte[] Configuration = [9, 2, 18, 0, 1, 1, 0, 0x80, 50, 9, 4, 0, 0, 0, 0xFF, 0xFE, 0xFD, 0];

    [Fact]
    public void Record_HasTheLayoutOfTheProtocol()
    {
        var record = Device(Configuration).Record();

        Assert.Equal(312, record.Length);
        Assert.Equal("1-3"u8.ToArray(), record[256..259]);
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 2, 0x04, 0x83, 0x37, 0x48, 0x01, 0x00, 0, 0, 0, 0, 1, 1], record[288..]);
    }

    [Fact]
    public void ListRecord_IsFollowedByItsInterfaces() => Assert.Equal([0xFF, 0xFE, 0xFD, 0], Device(Configuration).ListRecord()[312..]);

    [Fact]
    public void ListRecord_ConfigurationThatIsCutOff_EndsThere() => Assert.Equal(312, Device(Configuration[..12]).ListRecord().Length);

    [Fact]
    public void Id_IsWrittenAsLsusbDoes() => Assert.Equal("0483:3748", Device(Configuration).Id);

    private static UsbIpDevice Device(byte[] configuration) => new(
        new UsbDevice { Name = "i2c1", DeviceDescriptor = ByteString.CopyFrom(Descriptor), Configuration = ByteString.CopyFrom(configuration) }, 3);
}
