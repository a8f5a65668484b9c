using FarmAgent.Hardware.Usb;
using FarmAgent.TestKit.Time;
using FarmAgent.TestKit.Usb;

namespace FarmAgent.Probes.Tests;

public sealed class ProbeCatalogTests
{
    private static readonly UsbDeviceInfo Keyboard = new() { VendorId = 0x046D, ProductId = 0xC31C, PortPath = "1-2" };

    [Fact]
    public void List_ProbesAmongOthers_AreFoundInOrderOfTheirPorts()
    {
        var probes = ProbeCatalog.List(Tree(Keyboard, StLink("1-4", "B0"), StLink("1-1", "A0")));
        Assert.Equal(["1-1", "1-4"], probes.Select(p => p.Device.PortPath));
    }

    [Fact]
    public void List_ProbesWithOneSerial_AreSelectedByPort()
    {
        var probes = ProbeCatalog.List(Tree(StLink("1-1", "COPY"), StLink("1-4", "COPY")));
        Assert.Equal(["usb:1-1", "usb:1-4"], probes.Select(p => p.Selector.ToString()));
    }

    [Fact]
    public void List_FirstGeneration_SaysThatItCannotBeUsed()
    {
        var device = new UsbDeviceInfo { VendorId = 0x0483, ProductId = 0x3744, PortPath = "1-1" };
        Assert.NotNull(Assert.Single(ProbeCatalog.List(Tree(device))).Problem);
    }

    [Fact]
    public void Find_NoProbe_IsNotFoundAndSaysWhatIsThere()
    {
        var error = Assert.Throws<ProbeException>(() => ProbeCatalog.Find(Tree(StLink("1-1", "A0")), ProbeSelector.BySerial("FF")));
        Assert.Equal("PROBE_NOT_FOUND", error.Reason);
        Assert.Contains("A0 at usb:1-1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ProbeThatMayNotBeOpened_SaysThatAndWhatMendsIt()
    {
        var locked = StLink("1-1", null) with { AccessProblem = "User 'u' may not open it. Do this." };
        var error = Assert.Throws<ProbeException>(() => ProbeCatalog.Find(Tree(locked), ProbeSelector.BySerial("FF")));
        Assert.Equal("PROBE_ACCESS_DENIED", error.Reason);
        Assert.Contains("User 'u' may not open it. Do this.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_SeveralProbes_IsAmbiguousAndSaysHowToSelect()
    {
        var error = Assert.Throws<ProbeException>(
            () => ProbeCatalog.Find(Tree(StLink("1-1", "A0"), StLink("1-4", null)), ProbeSelector.Any));
        Assert.Equal("PROBE_AMBIGUOUS", error.Reason);
        Assert.Contains("'A0' or 'usb:1-4'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UsbError.Busy, "PROBE_BUSY")]
    [InlineData(UsbError.AccessDenied, "PROBE_ACCESS_DENIED")]
    [InlineData(UsbError.Disconnected, "PROBE_NOT_FOUND")]
    [InlineData(UsbError.Io, "PROBE_NOT_RESPONDING")]
    public void Open_InterfaceNotGiven_HasItsReason(UsbError cause, string reason)
    {
        var usb = new FixedUsbEnumerator(_ => throw new UsbException(cause, "scripted"), StLink("1-1", "A0"));
        Assert.Equal(reason, Assert.Throws<ProbeException>(() => ProbeCatalog.Open(usb, ProbeSelector.Any, new SteppedWaiter())).Reason);
    }

    private static FixedUsbEnumerator Tree(params UsbDeviceInfo[] devices) => new(_ => new ScriptedUsbPipe(), devices);

    private static UsbDeviceInfo StLink(string port, string? serial) =>
        new() { VendorId = 0x0483, ProductId = 0x3748, PortPath = port, RawSerial = serial };
}
