using FarmAgent.Hardware.Linux.Gpio;

namespace FarmAgent.Hardware.Linux.Tests.Gpio;

public sealed class GpioLineLocatorTests
{
    private static readonly GpioChipView Main = new("/dev/gpiochip0", "gpiochip0", "1c20800.pinctrl", Unnamed(224), 0);
    private static readonly GpioChipView Expander = new("/dev/gpiochip1", "gpiochip1", "mcp23017", ["reset", "led", "", "twice"], null);
    private static readonly GpioChipView Other = new("/dev/gpiochip2", "gpiochip2", "pcf8574", ["twice", "busy"], 500);

    [Theory]
    [InlineData("led", "/dev/gpiochip1", 1)]
    [InlineData("mcp23017:2", "/dev/gpiochip1", 2)]
    [InlineData("gpiochip1:reset", "/dev/gpiochip1", 0)]
    [InlineData("/dev/gpiochip2:1", "/dev/gpiochip2", 1)]
    [InlineData("PG11", "/dev/gpiochip0", 203)]
    [InlineData("1c20800.pinctrl:PA0", "/dev/gpiochip0", 0)]
    [InlineData("203", "/dev/gpiochip0", 203)]
    [InlineData("501", "/dev/gpiochip2", 1)]
    public void Find_OneLine_IsFound(string line, string path, int offset)
    {
        var (chip, found) = GpioLineLocator.Find(line, [Main, Expander, Other]);

        Assert.Equal((path, offset), (chip.Path, found));
    }

    [Theory]
    [InlineData("nothing", "1c20800.pinctrl (224 lines)")]
    [InlineData("LED", "Did you mean led?")]
    [InlineData("mcp23017:4", "lines 0 to 3")]
    [InlineData("mcp23017:nothing", "no line called nothing")]
    [InlineData("absent:1", "no GPIO chip absent")]
    [InlineData("9999", "9999 is a number of the old sysfs interface")]
    [InlineData("PM3", "There is no GPIO line PM3")]
    public void Find_NoLine_SaysWhatThereIs(string line, string text)
    {
        var refused = Assert.Throws<HardwareException>(() => GpioLineLocator.Find(line, [Main, Expander, Other]));

        Assert.Equal("GPIO_LINE_UNKNOWN", refused.Reason);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_LegacyNumberUnknownToTheKernel_HintsAtItsName()
    {
        var refused = Assert.Throws<HardwareException>(() => GpioLineLocator.Find("203", [Expander]));

        Assert.Contains("203 was PG11", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_TwoLinesOfThatName_OffersBoth()
    {
        var refused = Assert.Throws<HardwareException>(() => GpioLineLocator.Find("twice", [Expander, Other]));

        Assert.Equal("GPIO_LINE_AMBIGUOUS", refused.Reason);
        Assert.Contains("mcp23017:3 or pcf8574:0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LegacyNumbers_TreeOfSysfs_AreReadByLabel()
    {
        var sysfs = Directory.CreateTempSubdirectory("farm-sysfs-");
        try
        {
            var chip = sysfs.CreateSubdirectory("class/gpio/gpiochip512");
            File.WriteAllText(Path.Combine(chip.FullName, "label"), "1c20800.pinctrl\n");
            File.WriteAllText(Path.Combine(chip.FullName, "base"), "512\n");

            Assert.Equal(512, LegacyGpioNumbers.Read(sysfs.FullName)["1c20800.pinctrl"]);
        }
        finally
        {
            sysfs.Delete(recursive: true);
        }
    }

    private static string[] Unnamed(int count) => [.. Enumerable.Repeat(string.Empty, count)];
}
