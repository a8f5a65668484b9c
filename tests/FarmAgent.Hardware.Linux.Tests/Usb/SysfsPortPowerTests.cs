using FarmAgent.Hardware.Linux.Usb;

namespace FarmAgent.Hardware.Linux.Tests.Usb;

public sealed class SysfsPortPowerTests : IDisposable
{
    private readonly string _devices = Directory.CreateTempSubdirectory("farm-ports-").FullName;

    [Theory]
    [InlineData("1-2", "1-0:1.0/usb1-port2")]
    [InlineData("1-1.3", "1-1:1.0/1-1-port3")]
    [InlineData("3-1.4.2", "3-1.4:1.0/3-1.4-port2")]
    public void Switch_Off_DisablesThePortOfItsHub(string port, string folder)
    {
        var file = Port(folder);

        SysfsPortPower.Open(port, _devices).Switch(on: false);

        Assert.Equal("1", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("0\n", true)]
    [InlineData("1\n", false)]
    public void IsOn_AsTheKernelSays(string disable, bool on)
    {
        File.WriteAllText(Port("1-0:1.0/usb1-port1"), disable);

        Assert.Equal(on, SysfsPortPower.Open("1-1", _devices).IsOn);
    }

    [Theory]
    [InlineData("1-7")]
    [InlineData("usb1")]
    [InlineData("1-1-2")]
    [InlineData("1-")]
    [InlineData("../1-1")]
    public void Open_NoSuchPort_SaysSo(string port) =>
        Assert.Equal("USB_PORT_UNKNOWN", Assert.Throws<HardwareException>(() => SysfsPortPower.Open(port, _devices)).Reason);

    [Fact]
    public void Open_OldKernel_SaysSinceWhen()
    {
        File.Delete(Port("1-0:1.0/usb1-port1"));

        var thrown = Assert.Throws<HardwareException>(() => SysfsPortPower.Open("1-1", _devices));

        Assert.Equal("USB_PORT_NOT_SWITCHABLE", thrown.Reason);
        Assert.Contains("Linux 6.0", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Switch_HubUnplugged_SaysSo()
    {
        var power = SysfsPortPower.Open("1-1", Directory.GetParent(Port("1-0:1.0/usb1-port1"))!.Parent!.Parent!.FullName);
        Directory.Delete(Path.Combine(_devices, "1-0:1.0"), recursive: true);

        Assert.Equal("USB_PORT_UNKNOWN", Assert.Throws<HardwareException>(() => power.Switch(on: true)).Reason);
    }

    public void Dispose() => Directory.Delete(_devices, recursive: true);

    private string Port(string folder)
    {
        var path = Directory.CreateDirectory(Path.Combine(_devices, folder)).FullName;
        var file = Path.Combine(path, "disable");
        File.WriteAllText(file, "0");
        return file;
    }
}
