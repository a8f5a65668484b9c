using FarmAgent.Hardware;
using FarmAgent.Hardware.Usb;

namespace FarmAgent.Probes.Tests;

public sealed class ProbeSelectorTests
{
    private static readonly ProbeInfo Probe = new()
    {
        Model = "ST-LINK/V2",
        Serial = "55FF6B067087534923182367",
        Device = new UsbDeviceInfo { VendorId = 0x0483, ProductId = 0x3748, PortPath = "1-1.3" },
        Selector = ProbeSelector.Any,
    };

    [Theory]
    [InlineData("0483:3748")]
    [InlineData("0483:3748:55FF6B067087534923182367")]
    [InlineData("55FF6B067087534923182367")]
    [InlineData("usb:1-1.3")]
    public void ToString_ParsedSelector_IsItsText(string text) => Assert.Equal(text, ProbeSelector.Parse(text).ToString());

    [Theory]
    [InlineData("0483:3748")]
    [InlineData("0483:3748:55ff6b067087534923182367")]
    [InlineData("55ff6b067087534923182367")]
    [InlineData("usb:1-1.3")]
    public void Matches_SelectorOfTheProbe_IsTrue(string text) => Assert.True(ProbeSelector.Parse(text).Matches(Probe));

    [Theory]
    [InlineData("0483:374b")]
    [InlineData("0483:3748:00FF6B067087534923182367")]
    [InlineData("55FF")]
    [InlineData("usb:1-1")]
    public void Matches_SelectorOfAnother_IsFalse(string text) => Assert.False(ProbeSelector.Parse(text).Matches(Probe));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("usb:")]
    [InlineData("483:3748")]
    [InlineData("0483:xyzw")]
    [InlineData("0483:3748:")]
    [InlineData("two words")]
    public void Parse_NoSelector_SaysWhatIsOne(string text)
    {
        var error = Assert.Throws<RequestException>(() => ProbeSelector.Parse(text));
        Assert.Equal("PROBE_SELECTOR_INVALID", error.Reason);
    }

    [Fact]
    public void Any_Default_MatchesEveryProbe() => Assert.True(ProbeSelector.Any.Matches(Probe));
}
