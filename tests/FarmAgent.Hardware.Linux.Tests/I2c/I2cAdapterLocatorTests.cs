using FarmAgent.Hardware.Linux.I2c;

namespace FarmAgent.Hardware.Linux.Tests.I2c;

public sealed class I2cAdapterLocatorTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("farm-sysfs-");
    private readonly I2cAdapterLocator _locator;

    public I2cAdapterLocatorTests()
    {
        _locator = new I2cAdapterLocator(_root.FullName, "/dev");
        Add(0, "mv64xxx_i2c adapter", "soc/i2c@1c2ac00");
        Add(1, "mv64xxx_i2c adapter", "soc/i2c@1c2b000");
        Add(7, "i2c-tiny-usb at bus 001 device 003", null);
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("/dev/i2c-3", 3)]
    [InlineData("i2c-tiny-usb at bus 001 device 003", 7)]
    [InlineData("i2c-tiny-usb", 7)]
    [InlineData("/soc/i2c@1c2ac00", 0)]
    [InlineData("i2c@1c2b000", 1)]
    public void Find_OneAdapter_IsItsNumber(string adapter, int number) => Assert.Equal(number, _locator.Find(adapter));

    [Fact]
    public void Find_NameOfTwo_OffersTheirNodes()
    {
        var refused = Assert.Throws<HardwareException>(() => _locator.Find("mv64xxx_i2c adapter"));

        Assert.Equal("I2C_ADAPTER_AMBIGUOUS", refused.Reason);
        Assert.Contains("/soc/i2c@1c2ac00", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_Nothing_ListsWhatThereIs()
    {
        var refused = Assert.Throws<HardwareException>(() => _locator.Find("cp2112"));

        Assert.Equal("I2C_ADAPTER_LOST", refused.Reason);
        Assert.Contains("/dev/i2c-7 'i2c-tiny-usb", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoAdapterAtAll_SaysWhichModule()
    {
        var refused = Assert.Throws<HardwareException>(() => new I2cAdapterLocator("/nowhere", "/dev").Find("i2c0"));

        Assert.Contains("modprobe i2c-dev", refused.Message, StringComparison.Ordinal);
    }

    private void Add(int number, string name, string? node)
    {
        var adapter = _root.CreateSubdirectory($"class/i2c-dev/i2c-{number}");
        File.WriteAllText(Path.Combine(adapter.FullName, "name"), name + "\n");
        if (node is not null)
        {
            var target = _root.CreateSubdirectory("firmware/devicetree/base/" + node);
            Directory.CreateSymbolicLink(Path.Combine(adapter.CreateSubdirectory("device").FullName, "of_node"), target.FullName);
        }
    }
}
