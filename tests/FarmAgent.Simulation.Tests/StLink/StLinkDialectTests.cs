using FarmAgent.Hardware.Usb;
using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.StLink;

namespace FarmAgent.Simulation.Tests.StLink;

/// <summary>What the firmware versions of the adapters answer, and what each of them lacks.</summary>
public sealed class StLinkDialectTests
{
    private static readonly BenchProbe Standard = new("066DFF535550755187154723", "1-1");

    [Theory]
    [InlineData("V2J17S4", 0x3748, 0x02, 64, "24 44 83 04 48 37")]
    [InlineData("V2J24S4", 0x3748, 0x02, 64, "26 04 83 04 48 37")]
    [InlineData("V2J37S7", 0x3748, 0x02, 64, "29 47 83 04 48 37")]
    [InlineData("V2J37M27", 0x374B, 0x01, 64, "29 5B 83 04 4B 37")]
    [InlineData("V3J13M4B5S1", 0x374E, 0x01, 512, "30 00 83 04 4E 37")]
    [InlineData("V4J6B2P6", 0x3757, 0x01, 512, "40 00 83 04 57 37")]
    public void Version_OfEachKind_IsItsOwn(string firmware, int product, int outEndpoint, int packet, string reply)
    {
        var options = StLinkOptions.Of(Standard with { Firmware = firmware });
        Assert.Equal((product, outEndpoint, packet), (options.ProductId, options.OutEndpoint, options.PacketSize));
        Assert.Equal(reply, new StLinkRig(options).Ask("F1"));
    }

    [Theory]
    [InlineData("V3J13M4B5S1", 0, "03 01 0D 04 05 00 00 00 83 04 4E 37")]
    [InlineData("V3J13M4B5S1", 0x374F, "03 01 0D 04 05 00 00 00 83 04 4F 37")]
    [InlineData("V3J13M4B5S1", 0x3753, "03 01 0D 04 05 00 00 00 83 04 53 37")]
    [InlineData("V4J6B2P6", 0, "04 00 06 00 02 06 00 00 83 04 57 37")]
    public void ExtendedVersion_OfAV3_NamesItsParts(string firmware, int product, string reply) =>
        Assert.Equal(reply, Rig(firmware, product).Ask("FB"));

    [Fact]
    public void ExtendedVersion_OfAV2_IsNotAnswered() => AssertSilent(Rig("V2J37S7"), "FB");

    [Theory]
    [InlineData("V2J17S4", "F2 43 01 00")]
    [InlineData("V2J17S4", "F2 45 FF FF 00 00")]
    [InlineData("V2J17S4", "F2 46 FF FF 00 00 1E")]
    [InlineData("V2J17S4", "F2 47 00 00 00 20 02 00")]
    [InlineData("V2J17S4", "F2 4B 00")]
    [InlineData("V2J24S4", "F2 47 00 00 00 20 02 00")]
    [InlineData("V2J24S4", "F2 48 00 00 00 20 02 00")]
    [InlineData("V2J24S4", "F2 4B 00")]
    [InlineData("V2J24S4", "F2 51 01 00 00 00")]
    [InlineData("V2J37S7", "F2 61 00 00 C0 5D 00 00")]
    [InlineData("V2J37S7", "F2 62 00")]
    [InlineData("V3J13M4B5S1", "F2 43 00 00")]
    public void Command_ThatTheFirmwareLacks_IsUnknown(string firmware, string command) =>
        Assert.Equal("42 00", Rig(firmware).Enter().Ask(command));

    [Theory]
    [InlineData("V2J17S4", "F2 3E", 12)]
    [InlineData("V2J24S4", "F2 45 FF FF 00 00", 8)]
    [InlineData("V2J37S7", "F2 47 00 00 00 20 02 00", 2)]
    [InlineData("V2J37M27", "F2 56", 128)]
    [InlineData("V3J13M4B5S1", "F2 62 00", 52)]
    [InlineData("V3J13M4B5S1", "F2 61 00 00 C0 5D 00 00", 8)]
    [InlineData("V3J13M4B5S1", "F2 0C 00 00 00 20 00 01", 256)]
    public void Command_ThatTheFirmwareHas_IsAnsweredAtItsLength(string firmware, string command, int length) =>
        Assert.Equal(length, Rig(firmware).Enter().Ask(command).Split(' ').Length);

    [Theory]
    [InlineData("V2J17S4", "01")]
    [InlineData("V2J24S4", "11")]
    public void MemoryFault_BeforeJ24_HasNoNameOfItsOwn(string firmware, string status)
    {
        var rig = Rig(firmware).Enter();
        rig.Ask("F2 07 00 00 00 60 04 00");
        Assert.Equal($"{status} 00 00 00 00 00 00 60 00 00 00 00", rig.Ask("F2 3E"));
    }

    [Theory]
    [InlineData("V2J28S7", "1D 00")]
    [InlineData("V2J29S7", "80 00")]
    public void CloseAccessPort_OfItsFirstFirmware_AnswersAnError(string firmware, string reply) =>
        Assert.Equal(reply, Rig(firmware).Enter().Ask("F2 4C 00"));

    [Fact]
    public void Voltage_OfAV3Power_IsNotThere() => Assert.Equal("00 00 00 00 00 00 00 00", Rig("V4J6B2P6").Ask("F7"));

    [Fact]
    public void Mode_OfAV3Power_HasASecondByteWithoutMeaning() => Assert.Equal("01 04", Rig("V4J6B2P6").Ask("F5"));

    [Theory]
    [InlineData(BenchProbeStart.Dfu, "00 00")]
    [InlineData(BenchProbeStart.MassStorage, "01 00")]
    [InlineData(BenchProbeStart.Debug, "02 00")]
    [InlineData(BenchProbeStart.Swim, "03 00")]
    [InlineData(BenchProbeStart.Loader, "00 00")]
    public void PowerUp_IsInTheDescribedMode(BenchProbeStart start, string mode) =>
        Assert.Equal(mode, new StLinkRig(StLinkOptions.Of(Standard with { Start = start })).Ask("F5"));

    [Fact]
    public void PowerUp_WithAStaleReply_GivesItFirst()
    {
        var rig = new StLinkRig(StLinkOptions.Of(Standard with { StaleReply = true }));
        Assert.Equal(("29 47 83 04 48 37", "00 00"), (rig.Ask("F5"), rig.Receive()));
    }

    [Fact]
    public void Loader_IsLeftByDroppingOffTheBus()
    {
        var rig = new StLinkRig(StLinkOptions.Of(Standard with { Start = BenchProbeStart.Loader }));
        Assert.Equal("29 47 83 04 08 00", rig.Ask("F1"));
        AssertSilent(rig, "F2 30 A3");
        rig.Send("F3 07");
        Assert.False(rig.Probe.Connected);
        Assert.Equal(UsbError.Disconnected, Assert.Throws<UsbException>(() => rig.Send("F5")).Error);

        rig.Scheduled!();
        rig.Pipe = rig.Probe.Open();
        Assert.Equal(("01 00", "29 47 83 04 48 37"), (rig.Ask("F5"), rig.Ask("F1")));
    }

    [Fact]
    public void Serial_InBinary_IsTwelveRawUnits()
    {
        var raw = new StLinkRig(StLinkOptions.Of(Standard with { SerialForm = BenchSerialForm.Binary })).Probe.Info.RawSerial!;
        Assert.Equal(Standard.Serial, Convert.ToHexString([.. raw.Select(c => (byte)c)]));
        Assert.Equal(12, raw.Length);
    }

    private static StLinkRig Rig(string firmware, int product = 0) => new(StLinkOptions.Of(Standard with { Firmware = firmware, Product = product }));

    private static void AssertSilent(StLinkRig rig, string command)
    {
        rig.Send(command);
        Assert.Equal(UsbError.Timeout, Assert.Throws<UsbException>(() => rig.Receive()).Error);
    }
}
